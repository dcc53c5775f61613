package io.greenfinch.gateway.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.greenfinch.client.DisconnectCause;
import io.greenfinch.client.PhoneCode;
import io.greenfinch.client.SessionStatus.Phase;
import io.greenfinch.client.SteppedClock;
import io.greenfinch.gateway.Gateway;
import io.greenfinch.gateway.SimulatedWorld;
import io.greenfinch.gateway.TestGateway;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Linking an instance by a code that is typed on the phone, through HTTP. */
class GetAuthorizationCodeIT {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String ANNA = "{\"phoneNumber\":15550001001}";
    private static final String FAILED = "{\"status\":false,\"code\":\"\"}";

    @TempDir
    private Path data;

    @Test
    void anInstanceIsLinkedByTheCodeAfterAWrongOne() {
        try (SimulatedWorld world = new SimulatedWorld();
                TestGateway gateway = TestGateway.start(data, world, Duration.ofSeconds(20))) {
            world.person("Anna", "15550001001");
            Gateway.NewInstance instance = gateway.gateway().createInstance("new");
            String code = code(gateway, instance);

            HttpResponse<String> wrong = world.enterCode("Anna", "11111111");
            assertThat(wrong.statusCode()).as(wrong.body()).isEqualTo(403);
            assertThat(state(gateway, instance)).isEqualTo("{\"stateInstance\":\"notAuthorized\"}");

            HttpResponse<String> right = world.enterCode("Anna", code);
            assertThat(right.statusCode()).as(right.body()).isEqualTo(200);
            gateway.awaitOnline(instance);
            assertThat(state(gateway, instance)).isEqualTo("{\"stateInstance\":\"authorized\"}");
            assertFailed(ask(gateway, instance, ANNA), "already-authorized");
        }
    }

    @Test
    void anExpiredCodeIsRefusedByThePhoneAndANewOneLinks() {
        SteppedClock clock = new SteppedClock(Clock.systemUTC().instant());
        try (SimulatedWorld world = new SimulatedWorld(clock);
                TestGateway gateway = TestGateway.start(data, world, Duration.ofSeconds(20))) {
            world.person("Anna", "15550001001");
            Gateway.NewInstance instance = gateway.gateway().createInstance("new");
            String code = code(gateway, instance);
            clock.advance(Duration.ofMinutes(3));

            HttpResponse<String> expired = world.enterCode("Anna", code);
            assertThat(expired.statusCode()).isEqualTo(404);
            assertThat(expired.body()).contains("expired");
            assertThat(state(gateway, instance)).isEqualTo("{\"stateInstance\":\"notAuthorized\"}");

            assertThat(world.enterCode("Anna", code(gateway, instance)).statusCode())
                    .isEqualTo(200);
            gateway.awaitOnline(instance);
        }
    }

    @Test
    void aLinkIsToldWithWhatIsKnownOfThePhone() {
        try (SimulatedWorld world = new SimulatedWorld();
                TestGateway gateway = TestGateway.start(data, world, Duration.ofSeconds(20))) {
            world.person("Anna", "15550001001");
            Gateway.NewInstance instance = gateway.gateway().createInstance("new");
            gateway.post(TestGateway.path(instance, "setSettings"), "{\"deviceWebhook\":\"yes\"}");
            assertThat(world.enterCode("Anna", code(gateway, instance)).statusCode())
                    .isEqualTo(200);
            gateway.awaitOnline(instance);
            String told = gateway.get(TestGateway.path(instance, "receiveNotification"))
                    .body();
            assertThat(told)
                    .contains("\"typeWebhook\":\"deviceInfo\"", "\"wid\":\"15550001001@c.us\"")
                    .endsWith("\"deviceData\":"
                            + gateway.get(TestGateway.path(instance, "getDeviceInfo"))
                                    .body()
                            + "}}");
            assertThat(told).contains("\"platform\":\"android\"");
        }
    }

    @Test
    void aDemandForAPasskeyIsToldByEveryWayToLink() {
        try (SimulatedWorld world = new SimulatedWorld();
                TestGateway gateway = TestGateway.start(data, world, Duration.ofSeconds(20))) {
            world.person("Anna", "15550001001");
            world.demandPasskey("Anna", true);
            Gateway.NewInstance instance = gateway.gateway().createInstance("new");
            HttpResponse<String> typed = world.enterCode("Anna", code(gateway, instance));
            assertThat(typed.statusCode()).isEqualTo(409);
            assertThat(typed.body()).contains("passkey");

            await().untilAsserted(() -> assertThat(
                            gateway.get(TestGateway.path(instance, "qr")).body())
                    .contains("\"type\":\"error\"", "passkey"));
            assertFailed(ask(gateway, instance, ANNA), "passkey-required");
            assertThat(state(gateway, instance)).isEqualTo("{\"stateInstance\":\"notAuthorized\"}");
        }
    }

    @Test
    void aNumberWithoutAnAccountGetsNoCode() {
        try (SimulatedWorld world = new SimulatedWorld();
                TestGateway gateway = TestGateway.start(data, world, Duration.ofSeconds(20))) {
            Gateway.NewInstance instance = gateway.gateway().createInstance("new");

            assertFailed(ask(gateway, instance, "{\"phoneNumber\":15559999999}"), "number-not-found");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {}                                          | 'phoneNumber' is required
            {"phoneNumber":null}                        | 'phoneNumber' must be a number
            {"phoneNumber":"15550001001"}               | 'phoneNumber' must be a number
            {"phoneNumber":1555000.5}                   | 'phoneNumber' must be an integer
            {"phoneNumber":123456}                      | 'phoneNumber': invalid phone number
            {"phoneNumber":-15550001001}                | 'phoneNumber': invalid phone number
            {"phoneNumber":1234567890123456}            | 'phoneNumber': invalid phone number
            {"phoneNumber":123456789012345678901234567} | 'phoneNumber' must be an integer
            {"phoneNumber":15550001001,"code":"A"}      | 'code' is not allowed
            """, quoteCharacter = '`')
    void bodiesAreValidated(String body, String complaint) {
        try (TestGateway gateway = TestGateway.start(data)) {
            Gateway.NewInstance instance = gateway.gateway().createInstance("new");
            HttpResponse<String> answer = ask(gateway, instance, body);

            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(JSON.readTree(answer.body()).get("message").stringValue())
                    .isEqualTo("Validation failed. Details: " + complaint);
            assertThat(gateway.of(instance).told()).isEmpty();
        }
    }

    @Test
    void everyFailureHasItsReason() {
        try (TestGateway gateway = TestGateway.start(data)) {
            Gateway.NewInstance instance = gateway.gateway().createInstance("new");
            fails(gateway, instance, new PhoneCode.Refused(429, "rate-overlimit"), "whatsapp-rate-limit");
            fails(gateway, instance, new PhoneCode.Refused(400, "bad-request"), "not-allowed");
            fails(gateway, instance, new PhoneCode.PasskeyRequired("{}"), "passkey-required");
            fails(gateway, instance, new PhoneCode.Unavailable(DisconnectCause.NETWORK), "not-sent");
            fails(gateway, instance, new PhoneCode.Unanswered(), "unknown");
            fails(gateway, instance, new PhoneCode.Unavailable(DisconnectCause.CLIENT_OUTDATED), "client-outdated");
            fails(gateway, instance, new PhoneCode.Unavailable(DisconnectCause.CAPTIVE_PORTAL), "captive-portal");
            assertThat(gateway.of(instance).told().getFirst()).isEqualTo("phoneCode 15550001001");
        }
    }

    @Test
    void anInstanceThatIsNotReadyIsToldTo() {
        try (TestGateway gateway = TestGateway.start(data)) {
            Gateway.NewInstance instance = gateway.gateway().createInstance("new");
            gateway.of(instance).linked(Phase.RECONNECTING, Instant.EPOCH);
            HttpResponse<String> answer = ask(gateway, instance, ANNA);

            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.body()).contains("instance in starting process try later");
        }
    }

    private static void fails(TestGateway gateway, Gateway.NewInstance instance, PhoneCode outcome, String reason) {
        gateway.of(instance).phoneCode(outcome);
        assertFailed(ask(gateway, instance, ANNA), reason);
    }

    private static void assertFailed(HttpResponse<String> answer, String reason) {
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(FAILED);
        assertThat(answer.headers().firstValue("Greenfinch-Reason")).hasValue(reason);
    }

    private static String code(TestGateway gateway, Gateway.NewInstance instance) {
        HttpResponse<String> answer = ask(gateway, instance, ANNA);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        JsonNode json = JSON.readTree(answer.body());
        assertThat(json.propertyNames()).containsExactly("status", "code");
        assertThat(json.get("status").booleanValue()).isTrue();
        assertThat(json.get("code").stringValue()).matches("[0-9A-Z]{8}");
        return json.get("code").stringValue();
    }

    private static HttpResponse<String> ask(TestGateway gateway, Gateway.NewInstance instance, String body) {
        return gateway.post(TestGateway.path(instance, "getAuthorizationCode"), body);
    }

    private static String state(TestGateway gateway, Gateway.NewInstance instance) {
        return gateway.get(TestGateway.path(instance, "getStateInstance")).body();
    }
}
