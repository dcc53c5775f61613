package io.greenfinch.gateway.console;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import io.greenfinch.gateway.http.SiteAssets;
import io.greenfinch.gateway.instance.Instance;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** What pages are made with. The engine is made when the first page is. Thread-safe. */
final class Stage {

    private static final String PATH = "/console";

    static final SiteAssets ASSETS = new SiteAssets(
            Stage.class,
            Map.of(
                    "pico.css", SiteAssets.WEBJARS + "picocss__pico/2.1.1/css/pico.green.min.css",
                    "htmx.js", SiteAssets.WEBJARS + "htmx.org/2.0.7/dist/htmx.min.js",
                    "sse.js", SiteAssets.WEBJARS + "htmx-ext-sse/2.2.2/sse.js",
                    "uplot.js", SiteAssets.WEBJARS + "uplot/1.6.30/dist/uPlot.iife.min.js",
                    "uplot.css", SiteAssets.WEBJARS + "uplot/1.6.30/dist/uPlot.min.css",
                    "console.css", "console.css",
                    "console.js", "console.js"));

    private final Supplier<URI> apiUrl;
    private final boolean phones;
    private final Supplier<TemplateEngine> engine = Lazily.of(() -> TemplateEngine.createPrecompiled(
            null, ContentType.Html, Stage.class.getClassLoader(), "io.greenfinch.gateway.console"));

    /**
     * A stage.
     *
     * @param apiUrl how callers reach the gateway; its path is that of the console too
     * @param phones whether there are simulated phones to be shown
     */
    Stage(Supplier<URI> apiUrl, boolean phones) {
        this.apiUrl = apiUrl;
        this.phones = phones;
    }

    /** The path of the console, as browsers see it. */
    String base() {
        String prefix = Optional.ofNullable(apiUrl.get().getRawPath()).orElse("");
        return prefix.replaceAll("/+$", "") + PATH;
    }

    URI apiUrl() {
        return apiUrl.get();
    }

    boolean phones() {
        return phones;
    }

    Page page(Texts texts, String title, String active, Optional<Visitor> visitor, Optional<Instance> instance) {
        return new Page(base(), base() + ASSETS.path(), texts, title, active, visitor, instance.orElse(null), phones);
    }

    String render(String template, Map<String, Object> values) {
        StringOutput output = new StringOutput();
        engine.get().render(template, values, output);
        return output.toString();
    }
}
