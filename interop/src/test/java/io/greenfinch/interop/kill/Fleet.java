package io.greenfinch.interop.kill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.greenfinch.interop.program.AppProcess;
import io.greenfinch.interop.service.Gateway;
import io.greenfinch.interop.service.Gateway.Answer;
import io.greenfinch.interop.service.SimulatorAdmin;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A simulator, a gateway beside it as another process, and instances that are linked through the public interface. */
final class Fleet implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String PARTNER_TOKEN = "gac.test";
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    private final HttpClient http = HttpClient.newHttpClient();
    private final AppProcess simulatorProcess = AppProcess.simulator();
    private final SimulatorAdmin simulator = new SimulatorAdmin(URI.create(valueOf(simulatorProcess, "Simulator")));
    private final Path data;
    private AppProcess gatewayProcess;

    Fleet(Path data) {
        this.data = data;
        this.gatewayProcess = startGateway();
    }

    /** Somebody's account, linked to an instance. */
    record Linked(String name, String phone, long idInstance, String token) {}

    SimulatorAdmin simulator() {
        return simulator;
    }

    private AppProcess startGateway() {
        return AppProcess.serve(
                data,
                simulator.chatUrl(),
                simulator.rootKey(),
                "--no-first-instance",
                "--partner-token",
                PARTNER_TOKEN,
                "--rate-limits",
                "off");
    }

    /** Ends the gateway as {@code kill -9} does. */
    void killGateway() {
        gatewayProcess.kill();
    }

    /** Starts the gateway again on the same data, perhaps on another port. */
    void restartGateway() {
        gatewayProcess.close();
        gatewayProcess = startGateway();
    }

    /** Makes an instance and links it with the picture that the {@code qr} method shows. */
    Linked link(String name) {
        JsonNode created = JSON.readTree(
                send(HttpRequest.newBuilder(URI.create(apiUrl() + "/partner/createInstance/" + PARTNER_TOKEN))
                        .POST(HttpRequest.BodyPublishers.ofString("{\"name\":\"" + name + "\"}"))));
        long id = created.get("idInstance").asLong();
        String token = created.get("apiTokenInstance").asString();
        Gateway gateway = gateway(id, token);
        String picture = await("a QR code")
                .atMost(DEADLINE)
                .until(
                        () -> gateway.get("qr").json(),
                        json -> json.path("type").asString("").equals("qrCode"))
                .get("message")
                .asString();
        simulator.scan(QrPng.text(picture), name);
        awaitAuthorized(gateway);
        String phone = gateway.get("getWaSettings").json().get("phone").asString();
        return new Linked(name, phone, id, token);
    }

    /** One instance through the gateway that runs now. */
    Gateway gateway(Linked linked) {
        return gateway(linked.idInstance(), linked.token());
    }

    private Gateway gateway(long id, String token) {
        return new Gateway(URI.create(apiUrl()), Long.toString(id), token);
    }

    static void awaitAuthorized(Gateway gateway) {
        await("online").atMost(DEADLINE).untilAsserted(() -> {
            Answer state = gateway.get("getStateInstance");
            assertThat(state.body()).isEqualTo("{\"stateInstance\":\"authorized\"}");
            assertThat(gateway.get("getStatusInstance").body()).isEqualTo("{\"statusInstance\":\"online\"}");
        });
    }

    /** Phone numbers of a group's members, as the simulated WhatsApp has them. */
    List<String> members(String group) {
        List<String> phones = new ArrayList<>();
        for (JsonNode member : JSON.readTree(
                        send(HttpRequest.newBuilder(simulator.url().resolve("/admin/groups/" + group))))
                .get("members")) {
            phones.add(member.get("phone").asString());
        }
        return phones;
    }

    /** Orders a fault (docs/simulator.md). */
    void order(String fault) {
        send(HttpRequest.newBuilder(simulator.url().resolve("/admin/faults"))
                .POST(HttpRequest.BodyPublishers.ofString(fault)));
    }

    void clearFaults() {
        send(HttpRequest.newBuilder(simulator.url().resolve("/admin/faults")).DELETE());
    }

    private String apiUrl() {
        return valueOf(gatewayProcess, "apiUrl");
    }

    private static String valueOf(AppProcess process, String name) {
        return process.awaitLine(line -> line.startsWith(name + " "), DEADLINE).split("\\s+")[1];
    }

    private String send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response =
                    http.send(request.timeout(DEADLINE).build(), HttpResponse.BodyHandlers.ofString());
            assertThat(response.statusCode() / 100).as(response.body()).isEqualTo(2);
            return response.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Override
    public void close() {
        gatewayProcess.close();
        simulatorProcess.close();
        http.close();
    }
}
