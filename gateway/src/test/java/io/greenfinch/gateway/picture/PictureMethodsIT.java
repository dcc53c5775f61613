package io.greenfinch.gateway.picture;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.gateway.Gateway;
import io.greenfinch.gateway.SimulatedWorld;
import io.greenfinch.gateway.TestForm;
import io.greenfinch.gateway.TestGateway;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** setGroupPicture, setProfilePicture, getAvatar and the avatar of getWaSettings, with a simulated WhatsApp. */
@TestInstance(Lifecycle.PER_CLASS)
class PictureMethodsIT {

    private static final JsonMapper JSON = new JsonMapper();
    private static final byte[] RED = TestPictures.jpeg(900, 700, 0xC03020);

    private SimulatedWorld world;
    private TestGateway gateway;
    private Gateway.NewInstance anna;
    private Path data;

    @BeforeAll
    void start(@TempDir Path folder) {
        data = folder;
        world = new SimulatedWorld();
        world.person("Anna", "15550001001");
        world.person("Bob", "15550001002");
        world.person("Carol", "15550001003");
        gateway = TestGateway.start(data, world, Duration.ofSeconds(10));
        anna = gateway.link(world, "Anna");
    }

    @AfterEach
    void heal() throws IOException {
        world.clearFaults();
        world.privacy("Bob", "{\"profile\":\"all\"}");
        try (Stream<Path> left = Files.list(data.resolve("files").resolve("uploads"))) {
            assertThat(left).isEmpty();
        }
    }

    @AfterAll
    void stop() {
        gateway.close();
        world.close();
    }

    @Test
    void aGroupGetsThePictureThatAllItsMembersSee() {
        String group = world.group("Team", "Bob", "Anna,Carol", "");
        JsonNode answer = json(setGroupPicture(group, RED));

        assertThat(answer.propertyNames()).containsExactly("reason", "urlAvatar", "setGroupPicture");
        assertThat(answer.get("reason").stringValue()).isEmpty();
        assertThat(answer.get("setGroupPicture").booleanValue()).isTrue();
        String url = answer.get("urlAvatar").stringValue();
        assertThat(world.picture("groups/" + group, "Carol")).isEqualTo(url);
        assertThat(world.seen("Carol")).last().isEqualTo("Anna changed the picture of \"Team\"");
        BufferedImage seen = TestPictures.read(world.fetch(url));
        assertThat(seen.getWidth()).isEqualTo(640);
        assertThat(seen.getHeight()).isEqualTo(640);
        assertThat(json(post("getAvatar", "{\"chatId\":\"" + group + "\"}")).toString())
                .isEqualTo("{\"urlAvatar\":\"" + url + "\",\"available\":true}");
    }

    @Test
    void whoMayNotIsToldWhy() {
        String locked = world.group("Locked", "Bob", "Anna", ",\"locked\":true");
        String strangers = world.group("Others", "Bob", "Carol", "");

        assertRefused(setGroupPicture(locked, RED), "not-an-admin");
        assertRefused(setGroupPicture(strangers, RED), "not-a-member");
        assertRefused(setGroupPicture("120363999999999999@g.us", RED), "group-not-found");
        world.act(locked, "Bob", "promote", "Anna");
        assertThat(json(setGroupPicture(locked, RED)).get("setGroupPicture").booleanValue())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'kind':'error','code':406}|bad-picture",
                "{'kind':'error','code':423}|locked",
                "{'kind':'error','code':418}|refused-418",
                "{'kind':'error','code':500,'times':2}|refused-500",
            },
            quoteCharacter = '`')
    void aRefusalIsNoSuccess(String fault, String reason) {
        String group = world.group("Team", "Anna", "Bob", "");
        world.fault(onlySets(fault));

        assertRefused(setGroupPicture(group, RED), reason);
    }

    /** Whether it was done is found out when the answer is lost; what was not done is done then, once. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'kind':'cut','processed':true}",
                "{'kind':'cut'}",
                "{'kind':'error','code':500,'processed':true}",
                "{'kind':'error','code':500}",
            })
    void aLostAnswerIsLookedInto(String fault) {
        String group = world.group("Team " + fault.hashCode(), "Anna", "Bob", "");
        world.fault(onlySets(fault));
        JsonNode answer = json(setGroupPicture(group, RED));

        assertThat(answer.get("setGroupPicture").booleanValue()).isTrue();
        assertThat(answer.get("urlAvatar").stringValue()).isEqualTo(world.picture("groups/" + group, "Bob"));
        assertThat(world.seen("Bob"))
                .filteredOn(sight -> sight.endsWith("the picture of \"Team " + fault.hashCode() + "\""))
                .hasSize(1);
    }

    @Test
    void tooManyRequestsAreAnswered429() {
        String group = world.group("Team", "Anna", "Bob", "");
        world.fault(onlySets("{'kind':'error','code':429}"));
        HttpResponse<String> answer = setGroupPicture(group, RED);

        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.headers().firstValue("Greenfinch-Reason")).hasValue("whatsapp-rate-limit");
    }

    private static String onlySets(String fault) {
        return fault.replace('\'', '"').replace("}", ",\"xmlns\":\"w:profile:picture\",\"type\":\"set\"}");
    }

    @Test
    void theAccountGetsAPicture() {
        String before = json(gateway.get(TestGateway.path(anna, "getWaSettings")))
                .get("avatar")
                .stringValue();
        JsonNode answer = json(send("setProfilePicture", new TestForm().file("file", "C:\\me\\anna.jpg", RED)));

        assertThat(answer.propertyNames()).containsExactly("reason", "urlAvatar", "setProfilePicture");
        assertThat(answer.get("reason").isNull()).isTrue();
        assertThat(answer.get("setProfilePicture").booleanValue()).isTrue();
        String url = answer.get("urlAvatar").stringValue();
        assertThat(url).isEqualTo(world.picture("people/Anna", "Bob")).isNotEqualTo(before);
        assertThat(json(gateway.get(TestGateway.path(anna, "getWaSettings")))
                        .get("avatar")
                        .stringValue())
                .isEqualTo(url);
    }

    @Test
    void thePictureOfSomebodyIsFoundUnlessThereIsNoneOrItIsHidden() {
        assertThat(avatar("15550001003@c.us").body()).isEqualTo("{\"urlAvatar\":\"\",\"available\":false}");
        assertThat(avatar("15550001003@c.us").headers().firstValue("Greenfinch-Reason"))
                .hasValue("no-picture");
        world.setPicture("people/Bob", "Bob", RED);
        assertThat(json(avatar("15550001002@c.us")).get("urlAvatar").stringValue())
                .isEqualTo(world.picture("people/Bob", "Bob"));

        world.privacy("Bob", "{\"profile\":\"none\"}");
        assertThat(avatar("15550001002@c.us").body()).isEqualTo("{\"urlAvatar\":\"\",\"available\":false}");
        assertThat(avatar("15550001002@c.us").headers().firstValue("Greenfinch-Reason"))
                .hasValue("hidden");
    }

    @Test
    void anAvatarThatDoesNotComeInTimeIsToldAsDocumented() {
        world.fault("{\"kind\":\"error\",\"code\":400,\"xmlns\":\"w:profile:picture\"}");
        assertThat(avatar("15550001002@c.us").body())
                .isEqualTo("{\"urlAvatar\":\"\",\"available\":false,\"reason\":\"bad request data\"}");
    }

    @Test
    void anAvatarIsAskedForAgainWhileWhatsAppFails() {
        world.setPicture("people/Bob", "Bob", RED);
        world.fault("{\"kind\":\"error\",\"code\":503,\"xmlns\":\"w:profile:picture\",\"times\":2}");
        assertThat(json(avatar("15550001002@c.us")).get("available").booleanValue())
                .isTrue();

        world.fault("{\"kind\":\"error\",\"code\":500,\"xmlns\":\"w:profile:picture\",\"times\":0}");
        HttpResponse<String> failed = avatar("15550001002@c.us");
        assertThat(failed.body())
                .isEqualTo("{\"urlAvatar\":\"\",\"available\":false,\"reason\":\"get avatar timeout limit exceeded\"}");
        assertThat(failed.headers().firstValue("Greenfinch-Reason")).hasValue("unknown");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}|'chatId' is required",
                "{\"chatId\":\"\"}|'chatId' is not allowed to be empty",
                "{\"chatId\":7}|'chatId' must be a string",
                "{\"chatId\":\"Bob\"}|'chatId' must be one of the next formats: 'phone_number@c.us', 'chat_id@lid' or 'group_id@g.us'",
                "{\"chatId\":\"1@c.us\"}|'chatId': invalid phone number",
                "{\"chatId\":\"15550001002@c.us\",\"phoneNumber\":1,\"x\":1}|'x' is not allowed",
            })
    void whatIsNoChatIsRefused(String body, String detail) {
        HttpResponse<String> answer = post("getAvatar", body);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).get("message").stringValue()).isEqualTo("Validation failed. Details: " + detail);
    }

    /** In the outbox when the answer comes. */
    @Test
    void anAvatarIsToldByANotification() {
        world.setPicture("people/Bob", "Bob", RED);
        String url = json(avatar("15550001002@c.us")).path("urlAvatar").stringValue();
        for (String[] each : new String[][] {
            {"15550001002@c.us", "true", url, ""},
            {"15550001003@c.us", "true", "", ""},
            {"15559999999@c.us", "false", "", ""}
        }) {
            HttpResponse<String> answer = post("getAvatarAsync", "{\"chatId\":\"" + each[0] + "\"}");
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            assertThat(answer.body()).isEmpty();
            JsonNode told = json(gateway.get(TestGateway.path(anna, "receiveNotification")));
            assertThat(told.at("/body/typeWebhook").stringValue()).isEqualTo("avatarInfo");
            assertThat(told.at("/body/avatarInfo").toString())
                    .isEqualTo("{\"chatId\":\"" + each[0] + "\",\"existsWhatsapp\":" + each[1] + ",\"urlAvatar\":\""
                            + each[2] + "\",\"reason\":\"" + each[3] + "\"}");
            gateway.send("DELETE", TestGateway.path(anna, "deleteNotification") + "/" + told.path("receiptId"), "");
        }
    }

    private HttpResponse<String> avatar(String chat) {
        return post("getAvatar", "{\"chatId\":\"" + chat + "\"}");
    }

    private static void assertRefused(HttpResponse<String> answer, String reason) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body())
                .isEqualTo("{\"reason\":\"" + reason + "\",\"urlAvatar\":\"\",\"setGroupPicture\":false}");
        assertThat(answer.headers().firstValue("Greenfinch-Reason")).hasValue(reason);
    }

    private HttpResponse<String> setGroupPicture(String group, byte[] file) {
        return send("setGroupPicture", new TestForm().text("groupId", group).file("file", "team.jpg", file));
    }

    private HttpResponse<String> send(String method, TestForm form) {
        URI uri = URI.create(gateway.gateway().apiUrl() + TestGateway.path(anna, method));
        return gateway.send(form.request(uri).build());
    }

    private HttpResponse<String> post(String method, String body) {
        return gateway.post(TestGateway.path(anna, method), body);
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return JSON.readTree(answer.body());
    }
}
