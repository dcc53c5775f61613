package io.greenfinch.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.greenfinch.gateway.http.ApiMethod;
import io.greenfinch.gateway.picture.TestPictures;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Every method of green-api.md §3, called rightly, one after the other, through a simulated WhatsApp; each row of the table names its
 * section. What is refused is in EveryMethodRefusedIT.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(180)
class EveryMethodIT {

    private static final JsonMapper JSON = new JsonMapper();
    private static final int DOCUMENTED = 80;
    private static final byte[] PICTURE = TestPictures.jpeg(200, 200, 0x2040C0);

    private final SimulatedWorld world = new SimulatedWorld();
    private final Map<String, String> known = new HashMap<>();
    private TestGateway gateway;
    private Gateway.NewInstance anna;
    private String token;

    static Stream<DocumentedMethod> methods() {
        return DocumentedMethod.all().stream();
    }

    @BeforeAll
    void start(@TempDir Path data) {
        world.person("Anna", "15550001001");
        world.person("Bob", "15550001002");
        world.person("Carol", "15550001003");
        known.put("bob", "15550001002@c.us");
        known.put("carol", "15550001003@c.us");
        known.put("theirs", world.group("Theirs", "Bob", "Anna", ""));
        gateway = TestGateway.start(data, world, Duration.ofSeconds(20));
        anna = gateway.link(world, "Anna");
        token = anna.token();
        known.put("instance", Long.toString(anna.id()));
        gateway.setSendDelay(anna, 0);
        world.says("Bob", "Anna", "Hello");
        await().untilAsserted(
                        () -> assertThat(gateway.get(path("getChats")).body()).contains("15550001002@c.us"));
    }

    @AfterAll
    void stop() {
        gateway.close();
        world.close();
    }

    private String path(String method) {
        return "/waInstance" + anna.id() + "/" + method + "/" + token;
    }

    @Test
    void theTableIsWhole(@TempDir Path data) {
        List<DocumentedMethod> all = DocumentedMethod.all();
        assertThat(all.stream().map(DocumentedMethod::number).sorted())
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, DOCUMENTED).boxed().toList());
        Set<String> refused = all.stream()
                .filter(method -> method.is("off") || method.is("absent"))
                .map(DocumentedMethod::name)
                .collect(Collectors.toSet());
        AllMethods.visit(
                data,
                methods -> assertThat(methods.stream()
                                .filter(KnownMethod.class::isInstance)
                                .map(ApiMethod::descriptor)
                                .map(descriptor -> descriptor.name()))
                        .containsExactlyInAnyOrderElementsOf(refused));
    }

    @ParameterizedTest
    @MethodSource("methods")
    void answersAsDocumented(DocumentedMethod method) throws Exception {
        if (method.name().equals("receiveNotification")) {
            world.says("Bob", "Anna", "Are you there?");
        }
        if (method.name().equals("downloadFile")) {
            awaitSent();
        }
        if (method.is("socket")) {
            assertThat(JSON.readTree(firstFrame(method)).at(method.told()).isMissingNode())
                    .isFalse();
            return;
        }
        HttpResponse<String> answer = call(method);
        if (method.is("off") || method.is("absent")) {
            assertThat(answer.statusCode()).isEqualTo(method.is("off") ? 403 : 501);
            return;
        }
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        if (method.is("empty")) {
            assertThat(answer.body()).isEmpty();
            return;
        }
        JsonNode told = JSON.readTree(answer.body());
        if (!method.told().isEmpty()) {
            JsonNode value = told.at(method.told());
            assertThat(value.isMissingNode()).as(answer.body()).isFalse();
            if (value.isBoolean() && !method.is("any")) {
                assertThat(value.booleanValue()).as(answer.body()).isTrue();
            }
        }
        learn(method, told);
    }

    /** What later calls speak of. */
    private void learn(DocumentedMethod method, JsonNode told) {
        note("id", told.path("idMessage"));
        note("file", told.path("urlFile"));
        note("receipt", told.path("receiptId"));
        if (method.name().equals("sendMessage")) {
            note("sent", told.path("idMessage"));
        }
        if (method.name().equals("createGroup")) {
            note("group", told.path("chatId"));
        }
        if (method.name().equals("updateApiToken")) {
            token = told.path("apiTokenInstance").stringValue();
        }
    }

    private void note(String name, JsonNode value) {
        if (!value.isMissingNode()) {
            known.put(name, value.asString());
        }
    }

    /** What waits in the queue is on its way. */
    private void awaitSent() {
        await().untilAsserted(() ->
                assertThat(gateway.get(path("getMessagesCount")).body()).isEqualTo("{\"count\":0}"));
    }

    private HttpResponse<String> call(DocumentedMethod method) {
        String call = method.with(known);
        String path = method.is("partner")
                ? "/partner/" + method.name() + "/" + gateway.gateway().partnerToken()
                : path(method.name());
        URI uri = URI.create(gateway.gateway().apiUrl() + path);
        if (method.is("form")) {
            return gateway.send(form(method).request(uri).build());
        }
        if (method.is("file")) {
            return gateway.send(HttpRequest.newBuilder(uri)
                    .header("Content-Type", "image/jpeg")
                    .POST(BodyPublishers.ofByteArray(PICTURE))
                    .build());
        }
        return method.hasBody()
                ? gateway.send(method.verb(), path, call)
                : gateway.send(method.verb(), path + call, "");
    }

    private TestForm form(DocumentedMethod method) {
        TestForm form = new TestForm();
        if (method.mandatory().contains("chatId")) {
            form.text("chatId", known.getOrDefault("bob", ""));
        }
        if (method.mandatory().contains("groupId")) {
            form.text("groupId", known.getOrDefault("group", ""));
        }
        return form.file("file", "a.jpg", PICTURE);
    }

    private String firstFrame(DocumentedMethod method) throws Exception {
        CompletableFuture<String> frame = new CompletableFuture<>();
        URI uri = URI.create(gateway.gateway().apiUrl().toString().replaceFirst("^http", "ws") + path(method.name()));
        try (HttpClient http = HttpClient.newHttpClient()) {
            http.newWebSocketBuilder()
                    .buildAsync(uri, new WebSocket.Listener() {
                        @Override
                        public CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
                            frame.complete(text.toString());
                            return WebSocket.Listener.super.onText(socket, text, last);
                        }
                    })
                    .get(20, TimeUnit.SECONDS)
                    .request(1);
            return frame.get(20, TimeUnit.SECONDS);
        }
    }
}
