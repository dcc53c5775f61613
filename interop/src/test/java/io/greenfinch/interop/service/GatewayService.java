package io.greenfinch.interop.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.interop.program.AppProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** A gateway of its own process, {@code ./greenfinch serve}, on a simulator. {@link #close} kills it. */
public record GatewayService(AppProcess app, URI apiUrl) implements AutoCloseable {

    /** Starts it with its data in a folder; the rest of its options as wanted. */
    public static GatewayService start(Path data, SimulatorAdmin simulator, String... more) {
        AppProcess app = AppProcess.serve(data, simulator.chatUrl(), simulator.rootKey(), more);
        return new GatewayService(app, URI.create(app.value("apiUrl")));
    }

    /** Begins to start one, and does not wait for it. */
    public static AppProcess begin(Path data, SimulatorAdmin simulator, String... more) {
        return AppProcess.serving(data, simulator.chatUrl(), simulator.rootKey(), more);
    }

    /** The instance that it made by itself on an empty data folder. */
    public Gateway firstInstance() {
        Path token = Path.of(app.value("apiTokenInstance").replaceFirst("^in ", ""));
        return new Gateway(apiUrl, app.value("idInstance"), read(token));
    }

    /** Makes an instance with the partner method. */
    public Gateway createInstance(String name) {
        URI method = URI.create("%s/partner/createInstance/%s".formatted(apiUrl, partnerToken()));
        HttpResponse<String> response =
                Http.ask(apiUrl, HttpRequest.newBuilder(method).POST(Http.json(Map.of("name", name))));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        JsonNode created = Http.JSON.readTree(response.body());
        return new Gateway(
                apiUrl,
                created.get("idInstance").asString(),
                created.get("apiTokenInstance").asString());
    }

    @Override
    public void close() {
        app.close();
    }

    private String partnerToken() {
        return read(Path.of(app.value("Partner token in")));
    }

    private static String read(Path secret) {
        try {
            return Files.readString(secret).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
