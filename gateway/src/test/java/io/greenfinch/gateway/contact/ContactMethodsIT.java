package io.greenfinch.gateway.contact;

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
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who and what can be written to (green-api.md §10, §11). */
@Timeout(90)
class ContactMethodsIT {

    private static final String BOB = "15550001002@c.us";

    @TempDir
    private Path data;

    private SimulatedWorld world;
    private TestGateway gateway;
    private Gateway.NewInstance anna;
    private String group;

    @BeforeEach
    void start() {
        world = new SimulatedWorld();
        world.person("Anna", "15550001001");
        world.person("Bob", "15550001002");
        group = world.group("Team", "Bob", "Anna", "");
        gateway = TestGateway.start(data, world, Duration.ofSeconds(20));
        anna = gateway.link(world, "Anna");
    }

    @AfterEach
    void stop() {
        gateway.close();
        world.close();
    }

    @Test
    void groupsAreListedWithTheirIdsAsLongAsTheAccountIsIn() {
        await().untilAsserted(() -> assertThat(get("getContacts"))
                .isEqualTo("[{\"id\":\"" + group + "\",\"name\":\"Team\",\"contactName\":\"\",\"type\":\"group\"}]"));
        assertThat(get("getContacts", "?group=false")).isEqualTo("[]");

        assertThat(post("leaveGroup", "{\"groupId\":\"" + group + "\"}").body()).isEqualTo("{\"leaveGroup\":true}");
        assertThat(get("getContacts")).isEqualTo("[]");
    }

    @Test
    void theChatWithTheLatestMessageIsTheFirst() {
        await().untilAsserted(() -> assertThat(get("getContacts")).contains(group));
        post("sendMessage", "{\"chatId\":\"" + BOB + "\",\"message\":\"Hi\"}");

        // Who he is the phone tells, with its history.
        await().untilAsserted(() -> assertThat(get("getChats"))
                .isEqualTo("[" + chat(BOB, "Bob", "user") + "," + chat(group, "Team", "group") + "]"));
        assertThat(get("getChats", "?count=1")).isEqualTo("[" + chat(BOB, "Bob", "user") + "]");
        assertThat(get("getContacts", "?group=false"))
                .isEqualTo("[{\"id\":\"" + BOB + "\",\"name\":\"Bob\",\"contactName\":\"\",\"type\":\"user\"}]");
    }

    private static String chat(String id, String name, String type) {
        return "{\"archive\":false,\"id\":\"" + id + "\",\"name\":\"" + name + "\",\"type\":\"" + type
                + "\",\"ephemeralExpiration\":0,\"ephemeralSettingTimestamp\":0}";
    }

    @Test
    void whatWhatsAppToldOfSomebodyIsKeptForADay() {
        assertThat(post("checkWhatsapp", "{\"chatId\":\"" + BOB + "\"}").body())
                .matches("\\{\"existsWhatsapp\":true,\"chatId\":\"[0-9]+@lid\",\"username\":\"\",\"phoneNumber\":\""
                        + BOB + "\",\"fromCache\":false}");
        assertThat(post("checkWhatsapp", "{\"phoneNumber\":15550001002}").body())
                .contains("\"existsWhatsapp\":true", "\"fromCache\":true");
        assertThat(post("checkWhatsapp", "{\"phoneNumber\":15550001002,\"force\":true}")
                        .body())
                .contains("\"existsWhatsapp\":true", "\"fromCache\":false");
        assertThat(post("checkWhatsapp", "{\"chatId\":\"15559999999@c.us\"}").body())
                .isEqualTo(
                        "{\"existsWhatsapp\":false,\"chatId\":\"\",\"username\":\"\",\"phoneNumber\":\"\",\"fromCache\":false}");
    }

    @Test
    void whoCanNotBeAskedAboutIsToldInTheDocumentedWords() {
        HttpResponse<String> nobody = post("checkWhatsapp", "{}");
        assertThat(nobody.statusCode()).isEqualTo(400);
        assertThat(nobody.body()).contains("bad phone number, valid 11 or 12 digits");
        assertThat(post("checkWhatsapp", "{\"phoneNumber\":123}").body())
                .contains("bad phone number, valid 11 or 12 digits");
    }

    @Test
    void whatIsNotKnownCanNotBeRead() {
        HttpResponse<String> empty = post("readChat", "{\"chatId\":\"" + BOB + "\"}");
        assertThat(empty.body()).isEqualTo("{\"setRead\":true}");
        assertThat(empty.headers().firstValue("Greenfinch-Reason")).hasValue("no-message");
        HttpResponse<String> unknown =
                post("readChat", "{\"chatId\":\"" + BOB + "\",\"idMessage\":\"3EB000000000000000000A\"}");
        assertThat(unknown.body()).isEqualTo("{\"setRead\":false}");
    }

    @Test
    void messagesAreMarkedAsReadWhenTheSettingsSaySo() {
        String unread = world.says("Bob", "Anna", "one");
        await().untilAsserted(() -> assertThat(get("getChats")).contains(BOB));
        post("setSettings", "{\"markIncomingMessagesReadedOnReply\":\"yes\"}");
        assertThat(world.receipts("read", unread)).isZero();
        post("sendMessage", "{\"chatId\":\"" + BOB + "\",\"message\":\"Hi\"}");
        await().untilAsserted(() -> assertThat(world.receipts("read", unread)).isEqualTo(1));

        // Where both are set, nothing is marked before the answer.
        post("setSettings", "{\"markIncomingMessagesReaded\":\"yes\"}");
        String later = world.says("Bob", "Anna", "two");
        await().untilAsserted(() -> assertThat(get("lastIncomingMessages")).contains(later));
        post("setSettings", "{\"markIncomingMessagesReadedOnReply\":\"no\"}");
        String read = world.says("Bob", group, "three");
        await().untilAsserted(() -> assertThat(world.receipts("read", read)).isEqualTo(1));
        assertThat(world.receipts("read", later)).isZero();
    }

    /** Some clients send the only field that there is as a number, without its name. */
    @Test
    void theOnlyFieldMayBeANumberAlone() {
        assertThat(gateway.send("GET", TestGateway.path(anna, "lastIncomingMessages"), "-1")
                        .body())
                .contains("'minutes' must be greater than or equal to");
        assertThat(gateway.send("GET", TestGateway.path(anna, "lastIncomingMessages"), "5")
                        .body())
                .isEqualTo("[]");
    }

    @Test
    void aChatOrAMessageIsMarkedAsRead() {
        String first = world.says("Bob", "Anna", "one");
        String second = world.says("Bob", "Anna", "two");
        await().untilAsserted(() -> assertThat(get("lastIncomingMessages")).contains(first, second));

        assertThat(post("readChat", "{\"chatId\":\"" + BOB + "\",\"idMessage\":\"" + first + "\"}")
                        .body())
                .isEqualTo("{\"setRead\":true}");
        await().untilAsserted(() -> assertThat(world.receipts("read", first)).isEqualTo(1));
        assertThat(world.receipts("read", second)).isZero();
        post("readChat", "{\"chatId\":\"" + BOB + "\"}");
        await().untilAsserted(() -> assertThat(world.receipts("read", second)).isEqualTo(1));
        assertThat(world.given("read", second).getFirst())
                .as("he wrote by this name")
                .containsPattern("to=\"[0-9]+@lid\"");
    }

    /** Whether the caller or the owner's phone has said so. */
    @Test
    void whereNobodyIsToldOfReadingOwnDevicesAre() {
        post("setPrivacySettings", "{\"readReceipts\":\"none\"}");
        assertThat(typeOfReceipt("one")).isEqualTo("read-self");
        world.privacy("Anna", "{\"readreceipts\":\"all\"}");
        assertThat(typeOfReceipt("two")).isEqualTo("read");
        world.privacy("Anna", "{\"readreceipts\":\"none\"}");
        assertThat(typeOfReceipt("three")).isEqualTo("read-self");
    }

    /** On the same instance. */
    @Test
    void theNextAccountTellsByItsOwnSettings() {
        assertThat(typeOfReceipt("one")).isEqualTo("read");
        world.person("Carol", "15550001003");
        world.privacy("Carol", "{\"readreceipts\":\"none\"}");
        world.unlinkAll("Anna");
        await().until(() -> get("getStateInstance").contains("notAuthorized"));
        gateway.linkAgain(world, anna, "Carol");
        assertThat(typeOfReceipt("Carol", "two")).isEqualTo("read-self");
    }

    private String typeOfReceipt(String text) {
        return typeOfReceipt("Anna", text);
    }

    /** By which Anna's gateway says that she has read what Bob writes. */
    private String typeOfReceipt(String owner, String text) {
        String id = world.says("Bob", owner, text);
        await().untilAsserted(() -> assertThat(get("lastIncomingMessages")).contains(id));
        post("readChat", "{\"chatId\":\"" + BOB + "\",\"idMessage\":\"" + id + "\"}");
        await().until(() -> world.receipts("read", id) + world.receipts("read-self", id) == 1);
        return world.receipts("read", id) == 1 ? "read" : "read-self";
    }

    private String get(String method) {
        return get(method, "");
    }

    private String get(String method, String query) {
        return gateway.get(TestGateway.path(anna, method) + query).body();
    }

    private HttpResponse<String> post(String method, String body) {
        return gateway.post(TestGateway.path(anna, method), body);
    }
}
