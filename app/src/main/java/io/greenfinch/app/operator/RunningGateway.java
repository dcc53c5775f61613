package io.greenfinch.app.operator;

import io.greenfinch.app.cli.RefusedException;
import io.greenfinch.app.cli.UsageException;
import io.greenfinch.gateway.Gateway;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
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
public final class RunningGateway implements AutoCloseable {

    /** Longer than any call of the gateway's, with its usual settings. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final int REPEATS = 5;
    private static final int MAX_ERROR = 64 * 1024;
    private static final long MAX_ANSWER = 64L * 1024 * 1024;
    private static final String NO_TOKEN = "the token is not that of the instance";

    private static final HttpResponse.BodyHandler<String> TEXT =
            HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofString(), MAX_ANSWER);

    private final HttpCalls calls = new HttpCalls();
    private final JsonMapper json = new JsonMapper();
    private final URI url;
    private final Supplier<String> partnerToken;

    /**
     * A gateway.
     *
     * @param partnerToken asked for when a partner method is called
     */
    RunningGateway(URI url, Supplier<String> partnerToken) {
        if (url.getHost() == null || !String.valueOf(url.getScheme()).matches("(?i)https?")) {
            throw new UsageException("--url must be an http or https address with a host");
        }
        this.url = URI.create(url.toString().replaceAll("/+$", ""));
        this.partnerToken = partnerToken;
    }

    /** The gateway that has a data folder, at the address and with the token that the folder tells unless given. */
    public static RunningGateway of(Path data, Optional<URI> url, Optional<String> partnerToken) {
        URI address = url.orElseGet(() -> URI.create(told(data, Gateway.ADDRESS_FILE)
                .orElseThrow(() -> new RefusedException("No gateway runs on the data folder " + data
                        + "; name another with --data, or the gateway's address with --url."))));
        return new RunningGateway(
                address,
                () -> partnerToken.orElseGet(() -> told(data, Gateway.PARTNER_TOKEN_FILE)
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
    public record Listed(long id, String name, String token) {
        @Override
        public String toString() {
            return "Listed[" + id + "]";
        }
    }

    /** All instances that live, by number. */
    public List<Listed> instances() {
        JsonNode answer = send(
                "/partner/getInstances/" + encoded(partnerToken.get()),
                Optional.empty(),
                "this is not its partner token");
        if (!answer.isArray()) {
            throw new RefusedException("The gateway at " + url + " does not take this partner token.");
        }
        return StreamSupport.stream(answer.spliterator(), false)
                .filter(instance -> !instance.path("deleted").asBoolean(false))
                .map(instance -> new Listed(
                        instance.path("idInstance").asLong(0),
                        instance.path("name").asString(""),
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
        return send("/openapi.json", Optional.empty(), "")
                .path("servers")
                .path(0)
                .path("url")
                .asString(url.toString());
    }

    /** What GET of a method answers. */
    public JsonNode get(Listed instance, String method) {
        return send(path(instance, method), Optional.empty(), NO_TOKEN);
    }

    /** What POST of a method answers, with the reason that its header gives as {@code reason}. */
    JsonNode post(Listed instance, String method, JsonNode body) {
        return send(path(instance, method), Optional.of(body), NO_TOKEN);
    }

    /** What POST of a method answers that takes a form with a file. */
    JsonNode post(Listed instance, String method, Map<String, String> fields, Path file) {
        return send(
                HttpRequest.newBuilder(URI.create(url + path(instance, method)))
                        .header("Content-Type", "multipart/form-data; boundary=" + FileForm.BOUNDARY)
                        .POST(FileForm.of(fields, file)),
                NO_TOKEN,
                HttpCalls.FOR_FILES);
    }

    /** Fetches what is under a link of the gateway's into a file, which is written over once all of it is there. */
    void fetch(String link, Path into) {
        calls.fetch(URI.create(link), into);
    }

    private static String path(Listed instance, String method) {
        return "/waInstance" + instance.id() + "/" + method + "/" + encoded(instance.token());
    }

    private static String encoded(String token) {
        return URLEncoder.encode(token, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /**
     * The stream of an instance's events.
     *
     * @param lastId the id of the last event that is known; without one it begins with what comes from now on
     * @throws IOException when the connection is not made, or the gateway can't serve it now
     * @throws RefusedException when it never will
     */
    InputStream events(Listed instance, Optional<String> lastId) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path(instance, "events")));
        lastId.ifPresent(id -> request.header("Last-Event-ID", id));
        HttpResponse<InputStream> answer =
                calls.ask(request.build(), HttpResponse.BodyHandlers.ofInputStream(), PATIENCE);
        if (answer.statusCode() == 200) {
            return answer.body();
        }
        try (InputStream body = answer.body()) {
            String text = new String(body.readNBytes(MAX_ERROR), StandardCharsets.UTF_8);
            if (answer.statusCode() == 429 || answer.statusCode() >= 500) {
                throw new IOException("the gateway answered " + answer.statusCode());
            }
            throw refused(answer.statusCode(), read(text), NO_TOKEN);
        }
    }

    /** Whether anything listens where it is said to be. */
    public boolean listens() {
        try {
            calls.ask(HttpRequest.newBuilder(URI.create(url + "/health/live")).build(), TEXT, PATIENCE);
            return true;
        } catch (ConnectException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    /** Whether it can serve requests. */
    public boolean ready() {
        try {
            send("/health/ready", Optional.empty(), "");
            return true;
        } catch (RefusedException e) {
            return false;
        }
    }

    private JsonNode send(String path, Optional<JsonNode> body, String stranger) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path));
        body.ifPresent(node -> request.header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json.writeValueAsString(node))));
        return send(request, stranger, PATIENCE);
    }

    private JsonNode send(HttpRequest.Builder request, String stranger, Duration patience) {
        try {
            HttpResponse<String> answer = calls.ask(request.build(), TEXT, patience);
            for (int repeats = 0; repeats < REPEATS && answer.statusCode() == 429; repeats++) {
                Thread.sleep(Duration.ofSeconds(1)); // somebody else asks the same, and both together too often
                answer = calls.ask(request.build(), TEXT, patience);
            }
            JsonNode node = read(answer.body());
            if (node instanceof ObjectNode object) {
                answer.headers().firstValue("Greenfinch-Reason").ifPresent(reason -> object.put("reason", reason));
            }
            if (answer.statusCode() != 200) {
                throw refused(answer.statusCode(), node, stranger);
            }
            return node;
        } catch (ConnectException e) {
            throw new RefusedException("No gateway answers at " + url + ".");
        } catch (IOException e) {
            throw new UncheckedIOException("The gateway at " + url + " does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw HttpCalls.interrupted();
        }
    }

    private JsonNode read(String text) {
        try {
            return text.isBlank() ? JsonNodeFactory.instance.objectNode() : json.readTree(text);
        } catch (JacksonException e) {
            throw new RefusedException("What answers at " + url + " is no gateway.");
        }
    }

    private RefusedException refused(int status, JsonNode answer, String stranger) {
        String words = switch (status) {
            case 401 -> stranger;
            case 403 -> "it has no such instance";
            default ->
                answer.path("message")
                        .asString(answer.at("/invokeStatus/description").asString(""));
        };
        String reason = answer.has("reason") ? " (" + answer.path("reason").asString("") + ")" : "";
        return new RefusedException("The gateway at " + url + " answered " + status + ": " + words + reason + ".");
    }

    @Override
    public void close() {
        calls.close();
    }
}
