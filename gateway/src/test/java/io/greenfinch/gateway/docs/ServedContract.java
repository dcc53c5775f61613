package io.greenfinch.gateway.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** What the first gateway that is asked says of itself at {@code /openapi.json}, for all tests of a JVM. Thread-safe. */
public final class ServedContract {

    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static @Nullable ApiContract known;

    private ServedContract() {}

    /**
     * The contract, which is the same for all gateways.
     *
     * @throws UncheckedIOException when it is not known yet and this gateway is not there
     */
    public static synchronized ApiContract of(URI apiUrl) {
        ApiContract contract = known;
        if (contract == null) {
            contract = new ApiContract(new JsonMapper()
                    .readTree(load(URI.create(apiUrl.toString().replaceAll("/$", "") + "/openapi.json"))));
            known = contract;
        }
        return contract;
    }

    /** This gateway was started with options that its description tells of: from now on its own counts. */
    public static synchronized void renew(URI apiUrl) {
        known = null;
        of(apiUrl);
    }

    private static String load(URI description) {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest request =
                    HttpRequest.newBuilder(description).timeout(PATIENCE).build();
            return http.send(request, BodyHandlers.ofString()).body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
