package io.greenfinch.gateway.console;

import io.greenfinch.gateway.http.SiteReply;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The console's files: its own, and those of kept libraries. */
final class Assets {

    private static final String WEBJARS = "/META-INF/resources/webjars/";

    private static final Map<String, String> FILES = Map.of(
            "pico.css", WEBJARS + "picocss__pico/2.1.1/css/pico.green.min.css",
            "htmx.js", WEBJARS + "htmx.org/2.0.7/dist/htmx.min.js",
            "sse.js", WEBJARS + "htmx-ext-sse/2.2.2/sse.js",
            "uplot.js", WEBJARS + "uplot/1.6.30/dist/uPlot.iife.min.js",
            "uplot.css", WEBJARS + "uplot/1.6.30/dist/uPlot.min.css",
            "console.css", "console.css",
            "console.js", "console.js");

    private static final Supplier<String> PATH = Lazily.of(() -> "/assets/" + digest());

    private Assets() {}

    /** Where they are below the console: elsewhere after each change of one, for browsers keep them. */
    static String path() {
        return PATH.get();
    }

    private static String digest() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            FILES.values().stream().sorted().forEach(resource -> digest.update(bytes(resource)));
            return HexFormat.of().formatHex(digest.digest(), 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java lacks SHA-256", e);
        }
    }

    static Optional<SiteReply> find(String name) {
        return Optional.ofNullable(FILES.get(name)).map(resource -> {
            String type = name.endsWith(".css") ? "text/css; charset=utf-8" : "text/javascript; charset=utf-8";
            return new SiteReply.Asset(type, bytes(resource));
        });
    }

    private static byte[] bytes(String resource) {
        try (InputStream in = Assets.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("there is no " + resource + " in this build");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
