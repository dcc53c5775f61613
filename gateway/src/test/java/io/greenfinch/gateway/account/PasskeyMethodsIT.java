package io.greenfinch.gateway.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.greenfinch.gateway.Gateway;
import io.greenfinch.gateway.SimulatedWorld;
import io.greenfinch.gateway.TestGateway;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Linking an account of which WhatsApp demands a passkey (specification §8), against a simulated WhatsApp that checks what was signed. */
class PasskeyMethodsIT {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir
    private Path data;

    private SimulatedWorld world;
    private TestGateway gateway;
    private Gateway.NewInstance instance;

    @BeforeEach
    void begin() {
        world = new SimulatedWorld();
        gateway = TestGateway.start(data, world, Duration.ofSeconds(20));
        world.person("Anna", "15550001001");
        world.demandPasskey("Anna", true);
        instance = gateway.gateway().createInstance("new");
    }

    @AfterEach
    void end() {
        gateway.close();
        world.close();
    }

    @Test
    void whoScannedTheCodeIsLinkedByThePasskey() {
        scan();
        JsonNode answer = answer(world.signed("Anna", challenge()));

        assertThat(answer.path("sendPasskeyAnswer").asBoolean()).isTrue();
        assertThat(answer.path("code").stringValue().replace("-", "")).isEqualTo(world.shownCode("Anna"));
        assertThat(answer.path("compare").asBoolean())
                .as("the phone has seen our code")
                .isFalse();
        assertThat(post("confirmPasskey", "").body()).isEqualTo("{\"confirmPasskey\":true}");
        gateway.awaitOnline(instance);
        assertThat(get("getPasskeyChallenge").path("demanded").asBoolean()).isFalse();
        assertThat(post("confirmPasskey", "").body()).isEqualTo("{\"confirmPasskey\":false}");
    }

    @Test
    void whoTypedTheCodeIsLinkedByThePasskey() {
        String code = JSON.readTree(post("getAuthorizationCode", "{\"phoneNumber\":15550001001}")
                        .body())
                .path("code")
                .stringValue();
        assertThat(world.enterCode("Anna", code).statusCode()).isEqualTo(409);
        awaitDemand();

        assertThat(answer(world.signed("Anna", challenge()))
                        .path("sendPasskeyAnswer")
                        .asBoolean())
                .isTrue();
        assertThat(post("confirmPasskey", "").body()).isEqualTo("{\"confirmPasskey\":true}");
        gateway.awaitOnline(instance);
    }

    /** Of somebody else's passkey, of an old challenge, of nothing; the demand stands, with another challenge. */
    @Test
    void whatWasNotSignedByThePasskeyIsRefused() {
        world.person("Bob", "15550001002");
        scan();
        String first = challenge();
        refused(world.signed("Bob", first));
        await().untilAsserted(() -> assertThat(challenge()).isNotEqualTo(first));
        refused(world.signed("Anna", first));
        refused(JSON.readTree("{\"rawId\":\"AAAA\",\"response\":{\"clientDataJSON\":\"AAAA\","
                + "\"authenticatorData\":\"AAAA\",\"signature\":\"AAAA\"}}"));
        assertThat(post("confirmPasskey", "").body()).isEqualTo("{\"confirmPasskey\":false}");

        await().untilAsserted(() -> assertThat(answer(world.signed("Anna", challenge()))
                        .path("sendPasskeyAnswer")
                        .asBoolean())
                .isTrue());
        assertThat(post("confirmPasskey", "").body()).isEqualTo("{\"confirmPasskey\":true}");
        gateway.awaitOnline(instance);
    }

    @Test
    void whereNoneIsDemandedThereIsNothingToAnswer() {
        assertThat(get("getPasskeyChallenge").toString()).isEqualTo("{\"demanded\":false}");
        HttpResponse<String> answered = post("sendPasskeyAnswer", body(world.signed("Anna", "AAAA")));
        assertThat(answered.body()).isEqualTo("{\"sendPasskeyAnswer\":false}");
        assertThat(reason(answered)).isEqualTo("not-demanded");
        HttpResponse<String> confirmed = post("confirmPasskey", "");
        assertThat(confirmed.body()).isEqualTo("{\"confirmPasskey\":false}");
        assertThat(reason(confirmed)).isEqualTo("not-demanded");
    }

    @Test
    void whatIsNoAnswerIsToldSo() {
        for (String wrong : new String[] {
            "{}",
            "{\"credential\":7}",
            "{\"credential\":{}}",
            "{\"credential\":{\"rawId\":\"ab+/\"}}",
            "{\"credential\":{\"rawId\":\"A\",\"response\":{\"clientDataJSON\":\"AAAA\","
                    + "\"authenticatorData\":\"AAAA\",\"signature\":\"AAAA\"}}}",
            "{\"credential\":{\"rawId\":\"AAAA\",\"response\":{\"clientDataJSON\":\"AAAA\"}}}",
            "{\"credential\":{\"rawId\":\"AAAA\",\"response\":{\"clientDataJSON\":\"AAAA\","
                    + "\"authenticatorData\":\"AAAA\",\"signature\":\"" + "A".repeat(20_000) + "\"}}}"
        }) {
            HttpResponse<String> answer = post("sendPasskeyAnswer", wrong);
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.body()).contains("'credential'");
        }
    }

    private void scan() {
        await().untilAsserted(() -> {
            JsonNode qr = get("qr");
            assertThat(qr.path("type").stringValue()).isEqualTo("qrCode");
            assertThat(world.scanned("Anna", qr.toString())).isEqualTo(409);
        });
        awaitDemand();
    }

    private void awaitDemand() {
        await().untilAsserted(() -> assertThat(
                        get("getPasskeyChallenge").path("demanded").asBoolean())
                .isTrue());
    }

    private String challenge() {
        return get("getPasskeyChallenge").at("/publicKey/challenge").asString("");
    }

    private void refused(JsonNode credential) {
        HttpResponse<String> answered = post("sendPasskeyAnswer", body(credential));
        assertThat(answered.body()).isEqualTo("{\"sendPasskeyAnswer\":false}");
        assertThat(reason(answered)).isEqualTo("refused-401");
    }

    private JsonNode answer(JsonNode credential) {
        return JSON.readTree(post("sendPasskeyAnswer", body(credential)).body());
    }

    private static String body(JsonNode credential) {
        return "{\"credential\":" + credential + "}";
    }

    private static String reason(HttpResponse<String> answer) {
        return answer.headers().firstValue("Greenfinch-Reason").orElse("");
    }

    private JsonNode get(String method) {
        return JSON.readTree(gateway.get(TestGateway.path(instance, method)).body());
    }

    private HttpResponse<String> post(String method, String body) {
        return gateway.post(TestGateway.path(instance, method), body);
    }
}
