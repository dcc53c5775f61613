package io.greenfinch.app;

import io.greenfinch.gateway.Gateway;
import io.greenfinch.protocol.text.Printable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A gateway that runs already, asked over HTTP as anybody may who has the partner token.
 *
 * <p>Each call throws {@link RefusedException} with a sentence for the operator when the gateway does not answer, or
 * answers with an error.
 */
final class RunningGateway implements AutoCloseable {

    /** Longer than any call of the gateway's, with its usual settings. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final int REPEATS = 5;

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
    private final JsonMapper json = new JsonMapper();
    private final URI url;
    private final String partnerToken;

    RunningGateway(URI url, String partnerToken) {
        this.url = URI.create(url.toString().replaceAll("/+$", ""));
        this.partnerToken = partnerToken;
    }

    /** The gateway that has a data folder, at the address and with the token that the folder tells unless given. */
    static RunningGateway of(Path data, Optional<URI> url, Optional<String> partnerToken) {
        URI address = url.orElseGet(() -> URI.create(told(data, Gateway.ADDRESS_FILE)
                .orElseThrow(() -> new RefusedException("No gateway runs on the data folder " + data
                        + "; name another with --data, or the gateway's address with --url."))));
        return new RunningGateway(
                address,
                partnerToken.orElseGet(() -> told(data, Gateway.PARTNER_TOKEN_FILE)
                        .orElseThrow(() -> new RefusedException("There is no partner token in the data folder " + data
                                + "; give it with --partner-token or GREENFINCH_PARTNER_TOKEN."))));
    }

    private static Optional<String> told(Path data, String name) {
        try {
            return Optional.of(Files.readString(data.resolve(name)).strip());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("The file " + data.resolve(name) + " can't be read", e);
        }
    }

    /** An instance with the key to it. */
    record Listed(long id, String name, String token) {
        @Override
        public String toString() {
            return "Listed[" + id + "]";
        }
    }

    /** All instances that live, by number. */
    List<Listed> instances() {
        JsonNode answer = send("/partner/getInstances/" + encoded(partnerToken), Optional.empty());
        if (!answer.isArray()) {
            throw new RefusedException("The gateway at " + url + " does not take this partner token.");
        }
        return StreamSupport.stream(answer.spliterator(), false)
                .filter(instance -> !instance.path("deleted").asBoolean(false))
                .map(instance -> new Listed(
                        instance.path("idInstance").asLong(0),
                        Printable.of(instance.path("name").asString("")),
                        instance.path("apiTokenInstance").asString("")))
                .toList();
    }

    /** One of them. */
    Listed instance(long id) {
        return instances().stream()
                .filter(instance -> instance.id() == id)
                .findFirst()
                .orElseThrow(() -> new RefusedException("There is no instance " + id + " at " + url + "."));
    }

    /** How callers reach the API, as the gateway says. */
    String apiUrl() {
        return send("/openapi.json", Optional.empty())
                .path("servers")
                .path(0)
                .path("url")
                .asString(url.toString());
    }

    /** What GET of a method answers. */
    JsonNode get(Listed instance, String method) {
        return send(path(instance, method), Optional.empty());
    }

    /** What POST of a method answers, with the reason that its header gives as {@code reason}. */
    JsonNode post(Listed instance, String method, JsonNode body) {
        return send(path(instance, method), Optional.of(body));
    }

    private static String path(Listed instance, String method) {
        return "/waInstance" + instance.id() + "/" + method + "/" + encoded(instance.token());
    }

    private static String encoded(String token) {
        return URLEncoder.encode(token, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private JsonNode send(String path, Optional<JsonNode> body) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(url + path)).timeout(PATIENCE);
        body.ifPresent(node -> request.header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json.writeValueAsString(node))));
        try {
            HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            for (int repeats = 0; repeats < REPEATS && answer.statusCode() == 429; repeats++) {
                Thread.sleep(Duration.ofSeconds(1)); // somebody else asks the same, and both together too often
                answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            }
            JsonNode node =
                    answer.body().isBlank() ? JsonNodeFactory.instance.objectNode() : json.readTree(answer.body());
            if (node instanceof ObjectNode object) {
                answer.headers().firstValue("Greenfinch-Reason").ifPresent(reason -> object.put("reason", reason));
            }
            if (answer.statusCode() != 200) {
                throw new RefusedException("The gateway at " + url + " answered " + answer.statusCode() + " "
                        + node.path("message").asString("") + ".");
            }
            return node;
        } catch (ConnectException e) {
            throw new RefusedException("No gateway answers at " + url + ".");
        } catch (JacksonException e) {
            throw new RefusedException("What answers at " + url + " is no gateway.");
        } catch (IOException e) {
            throw new UncheckedIOException("The gateway at " + url + " does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RefusedException("Interrupted while waiting for the gateway.");
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
