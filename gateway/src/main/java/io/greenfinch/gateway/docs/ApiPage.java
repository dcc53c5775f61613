package io.greenfinch.gateway.docs;

import io.greenfinch.gateway.http.SiteAssets;
import io.greenfinch.gateway.http.SiteReply;
import io.greenfinch.gateway.http.Visit;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * {@code /docs}: the API's description as a page, by Swagger UI, that needs nothing from elsewhere. Thread-safe.
 *
 * @param apiUrl how callers reach the API
 */
public record ApiPage(Supplier<URI> apiUrl) {

    /** The first segment of all its paths. */
    public static final String ROOT = "docs";

    private static final String SWAGGER_UI = SiteAssets.WEBJARS + "swagger-ui/5.34.1/";

    private static final SiteAssets ASSETS = new SiteAssets(
            ApiPage.class,
            Map.of(
                    "swagger-ui.css",
                    SWAGGER_UI + "swagger-ui.css",
                    "swagger-ui.js",
                    SWAGGER_UI + "swagger-ui-bundle.js",
                    "docs.css",
                    "docs.css",
                    "docs.js",
                    "docs.js"));

    /** Answers a browser. */
    public Optional<SiteReply> answer(Visit visit) {
        return ASSETS.find(visit)
                .or(() -> visit.path().isEmpty() && visit.verb().equals("GET")
                        ? Optional.of(SiteReply.page(filled("docs.html", apiUrl.get())))
                        : Optional.empty());
    }

    /** A page of ours; paths in it start with what a proxy in front may have added. */
    static String filled(String file, URI apiUrl) {
        String prefix = Optional.ofNullable(apiUrl.getRawPath()).orElse("").replaceAll("/+$", "");
        return text(file)
                .replace("@assets@", prefix + "/" + ROOT + ASSETS.path())
                .replace("@prefix@", prefix);
    }

    static String text(String file) {
        try (InputStream in = ApiPage.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("there is no " + file + " in the API's description");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
