package io.greenfinch.gateway.contact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.greenfinch.gateway.Gateway;
import io.greenfinch.gateway.SimulatedWorld;
import io.greenfinch.gateway.TestGateway;
import io.greenfinch.gateway.picture.TestPictures;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What is known of somebody, what a business offers, who is blocked, and who may see what (green-api.md §6.12, §11.4, §16), through a
 * simulated WhatsApp.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class ContactInfoIT {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String BOB = "15550001002@c.us";
    private static final String BAKERY = "15550001003@c.us";
    private static final String DAN = "15550001004@c.us";

    private static final String BUSINESS = """
            {"description":"Bread since 1970","category":"Bakery","email":"bread@example.com","website":"https://example.com",
             "products":[
              {"id":"1","name":"Rye bread","description":"Dark","price":"3500","currency":"EUR","retailerId":"R1",
               "availability":"in stock","image":"https://example.com/rye.jpg","url":"https://example.com/rye"},
              {"id":"2","name":"Roll","url":"javascript:alert(1)"},
              {"id":"3","name":"Yesterday's","hidden":true}]}
            """;

    private final SimulatedWorld world = new SimulatedWorld();
    private TestGateway gateway;
    private Gateway.NewInstance anna;
    private String group;

    @BeforeAll
    void start(@TempDir Path data) {
        world.person("Anna", "15550001001");
        world.person("Bob", "15550001002");
        world.person("Bakery", "15550001003");
        world.person("Dan", "15550001004", "15550009004");
        world.business("Bakery", BUSINESS);
        group = world.group("Team", "Anna", "Bob", "");
        gateway = TestGateway.start(data, world, Duration.ofSeconds(20));
        anna = gateway.link(world, "Anna");
        post("setSettings", "{\"incomingBlockWebhook\":\"yes\"}");
    }

    @AfterAll
    void stop() {
        gateway.close();
        world.close();
    }

    private HttpResponse<String> post(String method, String body) {
        return gateway.post(TestGateway.path(anna, method), body);
    }

    private JsonNode told(String method, String body) {
        HttpResponse<String> answer = post(method, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private JsonNode got(String method) {
        return got(method, "");
    }

    private JsonNode got(String method, String query) {
        HttpResponse<String> answer = gateway.get(TestGateway.path(anna, method) + query);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private JsonNode info(String chat) {
        return told("getContactInfo", "{\"chatId\":\"" + chat + "\"}");
    }

    @Test
    void aPersonIsToldWithAllThatIsKnown() {
        assertThat(told("addContact", "{\"chatId\":\"" + BOB + "\",\"firstName\":\"Robert\"}")
                        .path("addContact")
                        .booleanValue())
                .isTrue();
        world.setPicture("people/Bob", "Bob", TestPictures.jpeg(64, 64, 0x2040C0));
        world.says("Bob", "Anna", "Hello");
        await().untilAsserted(
                        () -> assertThat(info(BOB).path("name").stringValue()).isEqualTo("Bob"));
        post("archiveChat", "{\"chatId\":\"" + BOB + "\"}");
        post("setDisappearingChat", "{\"chatId\":\"" + BOB + "\",\"ephemeralExpiration\":86400}");

        await().untilAsserted(() -> {
            JsonNode bob = info(BOB);
            assertThat(bob.path("contactName").stringValue()).isEqualTo("Robert");
            assertThat(bob.path("avatar").stringValue()).startsWith("http");
            assertThat(bob.path("isArchive").booleanValue()).isTrue();
            assertThat(bob.path("isDisappearing").booleanValue()).isTrue();
            assertThat(bob.path("messageExpiration").intValue()).isEqualTo(86_400);
            assertThat(bob.path("isBusiness").booleanValue()).isFalse();
            assertThat(bob.path("products").isEmpty()).isTrue();
            assertThat(bob.path("lastSeen").isNull()).isTrue();
        });
    }

    @Test
    void aGroupIsToldByItsNameAndDescription() {
        told("setGroupDescription", "{\"groupId\":\"" + group + "\",\"description\":\"Ours\"}");
        await().untilAsserted(() -> {
            JsonNode team = info(group);
            assertThat(team.path("name").stringValue()).isEqualTo("Team");
            assertThat(team.path("description").stringValue()).isEqualTo("Ours");
        });
    }

    @Test
    void aBusinessTellsOfItselfAndOfWhatItOffers() {
        JsonNode bakery = info(BAKERY);
        assertThat(bakery.path("isBusiness").booleanValue()).isTrue();
        assertThat(bakery.path("category").stringValue()).isEqualTo("Bakery");
        assertThat(bakery.path("email").stringValue()).isEqualTo("bread@example.com");
        assertThat(bakery.path("description").stringValue()).isEqualTo("Bread since 1970");
        assertThat(bakery.path("products").size()).isEqualTo(3);
    }

    @Test
    void whatABusinessOffersIsToldPageByPage() {
        List<String> names = new ArrayList<>();
        String after = "";
        int pages = 0;
        do {
            JsonNode page = told("getProducts", "{\"chatId\":\"" + BAKERY + "\",\"productLimit\":2" + after + "}");
            page.path("products")
                    .forEach(product -> names.add(product.path("name").stringValue()));
            after = page.path("paging").has("after")
                    ? ",\"after\":\"" + page.path("paging").path("after").stringValue() + "\""
                    : "";
            pages++;
        } while (!after.isEmpty());
        assertThat(names).containsExactly("Rye bread", "Roll", "Yesterday's");
        assertThat(pages).isEqualTo(2);

        JsonNode products =
                told("getProducts", "{\"chatId\":\"" + BAKERY + "\"}").path("products");
        assertThat(products.get(0).path("price").stringValue()).isEqualTo("3500");
        assertThat(products.get(0).path("imageUrls").path("original").stringValue())
                .isEqualTo("https://example.com/rye.jpg");
        assertThat(products.get(1).path("url").stringValue())
                .as("no address of the web")
                .isEmpty();
        assertThat(products.get(1).path("price").isNull()).isTrue();
        assertThat(products.get(2).path("isHidden").booleanValue()).isTrue();
    }

    @Test
    void whoIsNoBusinessOffersNothing() {
        for (String nobody : List.of(BOB, "15559999999@c.us")) {
            JsonNode told = told("getProducts", "{\"chatId\":\"" + nobody + "\"}");
            assertThat(told.toString()).isEqualTo("{\"paging\":{},\"products\":[]}");
        }
    }

    @Test
    void whatWhatsAppDoesNotTellIsAnError() {
        long fault = world.fault("""
                {"kind":"error","xmlns":"w:biz","child":"business_profile","code":403,"times":1}
                """);
        HttpResponse<String> refused = post("getContactInfo", "{\"chatId\":\"" + BAKERY + "\"}");
        assertThat(world.fired(fault)).isEqualTo(1);
        assertThat(refused.statusCode()).isEqualTo(502);
        assertThat(refused.headers().firstValue("Greenfinch-Reason")).hasValue("refused-403");
    }

    @Test
    void whoIsThereIsToldToWhoShowsThemselves() {
        world.presence("Dan", true);
        assertThat(info(DAN).path("lastSeen").isNull()).isTrue();
        post("setSettings", "{\"keepOnlineStatus\":\"yes\"}");
        try {
            await().untilAsserted(() ->
                    assertThat(info(DAN).path("lastSeen").isNumber()).isTrue());
            assertThat(info("15550009004@c.us").path("lastSeen").isNumber())
                    .as("by another way to write the number")
                    .isTrue();
            world.presence("Dan", false);
            assertThat(info(DAN).path("lastSeen").isNumber()).isTrue();
            world.privacy("Dan", "{\"last\":\"none\"}");
            assertThat(info(DAN).path("lastSeen").isNull()).isTrue();
        } finally {
            post("setSettings", "{\"keepOnlineStatus\":\"no\"}");
        }
    }

    @Test
    void whoIsBlockedHereIsListedAndCanNotWrite() {
        assertThat(post("blockContact", "{\"chatId\":\"" + DAN + "\"}").body()).isEqualTo("{\"blockContact\":true}");
        assertThat(post("blockContact", "{\"chatId\":\"" + DAN + "\"}").body()).isEqualTo("{\"blockContact\":true}");
        assertThat(got("getBlockedContacts").toString()).isEqualTo("[\"" + DAN + "\"]");

        assertThat(post("unblockContact", "{\"chatId\":\"" + DAN + "\"}").body())
                .isEqualTo("{\"unblockContact\":true}");
        assertThat(got("getBlockedContacts").toString()).isEqualTo("[]");

        HttpResponse<String> nobody = post("blockContact", "{\"chatId\":\"15559999999@c.us\"}");
        assertThat(nobody.body()).isEqualTo("{\"blockContact\":false}");
        assertThat(nobody.headers().firstValue("Greenfinch-Reason")).hasValue("not-on-whatsapp");
    }

    @Test
    void whoIsBlockedOnThePhoneIsTold() {
        world.privacy("Anna", "{\"block\":[\"Bob\"]}");
        JsonNode blocked = nextBlock();
        assertThat(blocked.path("chatState").stringValue()).isEqualTo("blocked");
        assertThat(blocked.path("chatId").stringValue()).isEqualTo(BOB);
        world.privacy("Anna", "{\"unblock\":[\"Bob\"]}");
        assertThat(nextBlock().path("chatState").stringValue()).isEqualTo("unblocked");
    }

    private JsonNode nextBlock() {
        while (true) {
            JsonNode received = got("receiveNotification", "?receiveTimeout=20");
            assertThat(received.isObject()).as("a notification").isTrue();
            gateway.send("DELETE", TestGateway.path(anna, "deleteNotification") + "/" + received.path("receiptId"), "");
            if (received.at("/body/typeWebhook").asString("").equals("incomingBlock")) {
                return received.path("body");
            }
        }
    }

    @Test
    void whoMaySeeWhatIsToldAndChanged() {
        assertThat(got("getPrivacySettings").path("lastSeen").stringValue()).isEqualTo("all");
        JsonNode now = told("setPrivacySettings", "{\"lastSeen\":\"contacts\",\"groupAdd\":\"contacts\"}");
        assertThat(now.path("lastSeen").stringValue()).isEqualTo("contacts");
        assertThat(now.path("online").stringValue()).isEqualTo("all");
        assertThat(got("getPrivacySettings")).isEqualTo(now);
        told("setPrivacySettings", "{\"lastSeen\":\"all\",\"groupAdd\":\"all\"}");

        HttpResponse<String> wrong = post("setPrivacySettings", "{\"online\":\"none\"}");
        assertThat(wrong.statusCode()).isEqualTo(400);
        assertThat(wrong.body()).contains("'online' must be one of [all, match_last_seen]");
    }
}
