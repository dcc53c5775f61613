package io.greenfinch.gateway.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.greenfinch.gateway.Gateway;
import io.greenfinch.gateway.SimulatedWorld;
import io.greenfinch.gateway.TestGateway;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Linking, state and unlinking of an instance against the simulated WhatsApp. */
class AccountMethodsIT {

    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    private Path data;

    private SimulatedWorld world;
    private TestGateway gateway;

    @BeforeEach
    void start() {
        world = new SimulatedWorld();
        world.person("Anna", "15550001001");
        gateway = TestGateway.start(data, world, Duration.ofSeconds(10));
    }

    @AfterEach
    void stop() {
        gateway.close();
        world.close();
    }

    @Test
    void aNewInstanceIsLinkedWithTheCodeFromQr() {
        Gateway.NewInstance instance = gateway.gateway().createInstance("new");
        assertThat(get(instance, "getStateInstance").get("stateInstance").stringValue())
                .isEqualTo("notAuthorized");
        assertThat(get(instance, "getStatusInstance").get("statusInstance").stringValue())
                .isEqualTo("offline");

        JsonNode code = get(instance, "qr");
        assertThat(code.propertyNames()).containsExactly("type", "message");
        assertThat(code.get("type").stringValue()).isEqualTo("qrCode");
        byte[] picture = Base64.getDecoder().decode(code.get("message").stringValue());
        world.scan("Anna", QrPictureTest.read(picture));

        gateway.awaitOnline(instance);
        assertThat(get(instance, "getStateInstance").get("stateInstance").stringValue())
                .isEqualTo("authorized");
        assertThat(get(instance, "getStatusInstance").get("statusInstance").stringValue())
                .isEqualTo("online");
        assertThat(get(instance, "qr").toString())
                .isEqualTo("{\"type\":\"alreadyLogged\",\"message\":\"instance account already authorized\"}");
        assertThat(get(instance, "getSettings").get("wid").stringValue()).isEqualTo("15550001001@c.us");
    }

    @Test
    void anInstanceThatWhatsAppRefusesTellsWhy() {
        Gateway.NewInstance anna = gateway.link(world, "Anna");
        world.fault("{\"kind\":\"stream-error\",\"conflict\":\"replaced\",\"now\":true}");

        await().untilAsserted(() -> {
            HttpResponse<String> state = gateway.get(TestGateway.path(anna, "getStateInstance"));
            assertThat(state.body()).isEqualTo("{\"stateInstance\":\"starting\"}");
            assertThat(state.headers().firstValue("Greenfinch-Reason")).hasValue("replaced");
        });
        HttpResponse<String> status = gateway.get(TestGateway.path(anna, "getStatusInstance"));
        assertThat(status.body()).isEqualTo("{\"statusInstance\":\"offline\"}");
        assertThat(status.headers().firstValue("Greenfinch-Reason")).hasValue("replaced");
    }

    @Test
    void whatKeepsUsFromWhatsAppIsToldWithoutWaitingForTheDeadline() {
        Gateway.NewInstance instance = gateway.gateway().createInstance("new");
        world.close();

        assertThat(get(instance, "qr").toString())
                .isEqualTo("{\"type\":\"error\",\"message\":\"WhatsApp's server refuses connections, try later\"}");
        HttpResponse<String> code =
                gateway.post(TestGateway.path(instance, "getAuthorizationCode"), "{\"phoneNumber\":15550001001}");
        assertThat(code.body()).isEqualTo("{\"status\":false,\"code\":\"\"}");
        assertThat(code.headers().firstValue("Greenfinch-Reason")).hasValue("connection-refused");
    }

    @Test
    void theLinkedAccountIsTold() {
        Gateway.NewInstance anna = gateway.link(world, "Anna");
        JsonNode account = get(anna, "getWaSettings");

        assertThat(account.propertyNames())
                .containsExactly(
                        "avatar",
                        "base64Avatar",
                        "chatId",
                        "phone",
                        "historySyncProgress",
                        "stateInstance",
                        "deviceId",
                        "logoutProcess");
        assertThat(account.get("phone").stringValue()).isEqualTo("15550001001");
        assertThat(account.get("chatId").stringValue()).matches("[0-9]+@lid");
        assertThat(account.get("deviceId").stringValue()).matches("15550001001:[0-9]+@s\\.whatsapp\\.net");
        assertThat(account.get("stateInstance").stringValue()).isEqualTo("authorized");
        assertThat(account.get("logoutProcess").booleanValue()).isFalse();
    }

    @Test
    void logoutUnlinksAndANewLinkCanBeMade() {
        Gateway.NewInstance anna = gateway.link(world, "Anna");

        assertThat(get(anna, "logout").toString()).isEqualTo("{\"isLogout\":true}");
        await().until(() -> get(anna, "getStateInstance").toString().equals("{\"stateInstance\":\"notAuthorized\"}"));
        JsonNode account = get(anna, "getWaSettings");
        for (String empty : new String[] {"avatar", "chatId", "phone", "deviceId"}) {
            assertThat(account.get(empty).stringValue()).as(empty).isEmpty();
        }
        assertThat(get(anna, "logout").toString()).isEqualTo("{\"isLogout\":true}");

        world.scan(
                "Anna",
                QrPictureTest.read(Base64.getDecoder()
                        .decode(get(anna, "qr").get("message").stringValue())));
        gateway.awaitOnline(anna);
    }

    @Test
    void anUnlinkOnThePhoneIsNoticed() {
        Gateway.NewInstance anna = gateway.link(world, "Anna");
        world.unlinkAll("Anna");

        await().until(() -> get(anna, "getStateInstance").toString().equals("{\"stateInstance\":\"notAuthorized\"}"));
    }

    @Test
    void aRebootConnectsAnew() {
        Gateway.NewInstance anna = gateway.link(world, "Anna");

        assertThat(get(anna, "reboot").toString()).isEqualTo("{\"isReboot\":true}");
        gateway.awaitOnline(anna);
        assertThat(get(anna, "getStateInstance").get("stateInstance").stringValue())
                .isEqualTo("authorized");
    }

    @Test
    void whileTheLinkIsDownTheAccountStaysAuthorizedButOffline() {
        Gateway.NewInstance anna = gateway.link(world, "Anna");
        world.fault("{\"kind\":\"link-down\",\"account\":\"Anna\"}");

        await().until(() -> get(anna, "getStatusInstance").toString().equals("{\"statusInstance\":\"offline\"}"));
        assertThat(get(anna, "getStateInstance").get("stateInstance").stringValue())
                .isEqualTo("authorized");
    }

    @Test
    void aBanIsTold() {
        Gateway.NewInstance anna = gateway.link(world, "Anna");
        world.fault("{\"kind\":\"login-failure\",\"reason\":403,\"times\":0}");
        get(anna, "reboot");
        await().until(() -> get(anna, "getStateInstance").toString().equals("{\"stateInstance\":\"blocked\"}"));

        world.clearFaults();
        world.fault("{\"kind\":\"login-failure\",\"reason\":402,\"attributes\":{\"expire\":\"3600\"},\"times\":0}");
        get(anna, "reboot");
        await().until(() -> get(anna, "getStateInstance").toString().equals("{\"stateInstance\":\"suspended\"}"));
        assertThat(gateway.post(TestGateway.path(anna, "leaveGroup"), "{\"groupId\":\"1@g.us\"}")
                        .body())
                .contains("instance is starting or not authorized");
    }

    private JsonNode get(Gateway.NewInstance instance, String method) {
        return JSON.readTree(gateway.get(TestGateway.path(instance, method)).body());
    }
}
