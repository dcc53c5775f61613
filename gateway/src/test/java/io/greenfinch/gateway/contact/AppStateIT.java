package io.greenfinch.gateway.contact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.greenfinch.gateway.TestGateway;
import io.greenfinch.gateway.TwoAccounts;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Contacts and the archive between callers and Anna's phone (green-api.md §11.8, §12), through a simulated WhatsApp. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(90)
class AppStateIT {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String CAROL = "15550001003@c.us";
    private static final String DAVE = "15550001004@c.us";
    private static final String EVE = "15550001005@c.us";

    private TwoAccounts accounts;

    @BeforeAll
    void start(@TempDir Path data) {
        accounts = new TwoAccounts(data);
        accounts.world.person("Carol", "15550001003");
        accounts.world.person("Dave", "15550001004");
        accounts.world.person("Eve", "15550001005");
    }

    @AfterAll
    void stop() {
        accounts.close();
    }

    @BeforeEach
    void nothingGoesWrong() {
        accounts.world.clearFaults();
    }

    private HttpResponse<String> post(String method, Map<String, ?> body) {
        return accounts.gateway.post(TestGateway.path(accounts.anna, method), JSON.writeValueAsString(body));
    }

    private String answer(String method, Map<String, ?> body) {
        HttpResponse<String> response = post(method, body);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return response.body();
    }

    private List<JsonNode> list(String method) {
        HttpResponse<String> response = accounts.gateway.get(TestGateway.path(accounts.anna, method));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return JSON.readTree(response.body()).valueStream().toList();
    }

    private JsonNode one(String method, String chat) {
        return list(method).stream()
                .filter(each -> each.path("id").stringValue().equals(chat))
                .findFirst()
                .orElse(JSON.nullNode());
    }

    /** What Anna's phone knows of a collection; every MAC in it was right. */
    private List<JsonNode> onPhone(String collection) {
        JsonNode known = accounts.world.appState("Anna").stream()
                .filter(each -> each.path("collection").stringValue().equals(collection))
                .findFirst()
                .orElseThrow();
        assertThat(known.path("broken").booleanValue()).isFalse();
        return known.path("entries").valueStream().toList();
    }

    private List<String> contactsOnPhone() {
        return onPhone("critical_unblock_low").stream()
                .map(each -> each.path("index").path(1).stringValue() + " "
                        + each.path("fullName").stringValue() + " "
                        + each.path("firstName").stringValue())
                .toList();
    }

    @Test
    void whoIsAddedEditedAndDeletedIsSoOnThePhone() {
        String carol = "15550001003@s.whatsapp.net ";
        assertThat(answer("addContact", Map.of("chatId", CAROL, "firstName", "Carol", "lastName", "Night")))
                .isEqualTo("{\"addContact\":true}");
        assertThat(contactsOnPhone()).contains(carol + "Carol Night Carol");
        assertThat(one("getContacts", CAROL).path("contactName").stringValue()).isEqualTo("Carol Night");

        assertThat(post("addContact", Map.of("chatId", CAROL, "firstName", "Again"))
                        .body())
                .contains("Contact already exists");
        assertThat(answer("editContact", Map.of("chatId", CAROL, "firstName", "Caro", "saveInAddressbook", false)))
                .isEqualTo("{\"editContact\":true}");
        assertThat(contactsOnPhone()).contains(carol + "Caro Caro").doesNotContain(carol + "Carol Night Carol");

        assertThat(answer("deleteContact", Map.of("chatId", CAROL))).isEqualTo("{\"deleteContact\":true}");
        assertThat(contactsOnPhone()).noneMatch(each -> each.startsWith(carol));
        assertThat(one("getContacts", CAROL).isNull()).isTrue();
    }

    @Test
    void whoWritesIsCalledAsInTheAddressBook() {
        accounts.post(
                accounts.bob,
                "addContact",
                "{\"chatId\":\"" + DAVE + "\",\"firstName\":\"Dave\",\"lastName\":\"from work\"}");
        for (String person : List.of("Dave", "Eve")) {
            String name = person.equals("Dave") ? "Dave from work" : "";
            String id = accounts.world.says(person, "Bob", "Hello");
            JsonNode told = accounts.next();
            assertThat(told.at("/body/idMessage").stringValue()).isEqualTo(id);
            assertThat(told.at("/body/senderData/senderContactName").stringValue())
                    .isEqualTo(name);
            JsonNode newest = JSON.readTree(accounts.gateway
                            .get(TestGateway.path(accounts.bob, "lastIncomingMessages"))
                            .body())
                    .get(0);
            assertThat(newest.path("idMessage").stringValue()).isEqualTo(id);
            assertThat(newest.path("senderContactName").stringValue()).isEqualTo(name);
        }
    }

    @Test
    void whatCanNotBeIsRefused() {
        assertThat(post("addContact", Map.of("chatId", "15559999999@c.us", "firstName", "Nobody")))
                .satisfies(response -> assertThat(response.statusCode()).isEqualTo(400))
                .satisfies(response -> assertThat(response.body()).contains("WhatsApp account does not exist"));
        for (String method : List.of("editContact", "deleteContact")) {
            Map<String, String> body = method.equals("editContact")
                    ? Map.of("chatId", "15559999999@c.us", "firstName", "N")
                    : Map.of("chatId", "15559999999@c.us");
            assertThat(post(method, body))
                    .satisfies(response -> assertThat(response.statusCode()).isEqualTo(404))
                    .satisfies(response -> assertThat(response.body()).contains("Contact not found"));
        }
        assertThat(post("archiveChat", Map.of("chatId", EVE)))
                .satisfies(response -> assertThat(response.statusCode()).isEqualTo(400))
                .satisfies(response -> assertThat(response.body())
                        .contains("ArchiveChatError: cannot archive chat cause last message not found in chat"));
    }

    @Test
    void aChatGoesIntoTheArchiveAndOutAgain() {
        accounts.world.says("Carol", "Anna", "Hello");
        await().until(() -> !one("getChats", CAROL).isNull());
        accounts.world.appState("Anna", Map.of("pin", "Carol"));
        assertThat(answer("archiveChat", Map.of("chatId", CAROL))).isEmpty();
        assertThat(one("getChats", CAROL).path("archive").booleanValue()).isTrue();
        assertThat(onPhone("regular_low"))
                .anyMatch(entry -> entry.path("index").path(0).stringValue().equals("archive")
                        && entry.path("on").booleanValue())
                .anyMatch(entry -> entry.path("index").path(0).stringValue().equals("pin_v1")
                        && !entry.path("on").booleanValue());
        assertThat(answer("unarchiveChat", Map.of("chatId", CAROL))).isEmpty();
        assertThat(one("getChats", CAROL).path("archive").booleanValue()).isFalse();
    }

    @Test
    void whatIsDoneOnThePhoneIsToldHere() {
        accounts.world.says("Dave", "Anna", "Hello");
        await().until(() -> !one("getChats", DAVE).isNull());
        accounts.world.appState("Anna", Map.of("contact", "Dave", "fullName", "David Day", "firstName", "David"));
        accounts.world.appState("Anna", Map.of("archive", "Dave"));
        await().untilAsserted(() -> {
            assertThat(one("getContacts", DAVE).path("contactName").stringValue())
                    .isEqualTo("David Day");
            assertThat(one("getChats", DAVE).path("archive").booleanValue()).isTrue();
        });
        accounts.world.appState("Anna", Map.of("contact", "Dave", "removed", true));
        accounts.world.appState("Anna", Map.of("archive", "Dave", "on", false));
        await().untilAsserted(() -> {
            assertThat(one("getContacts", DAVE).path("contactName").stringValue())
                    .isEmpty();
            assertThat(one("getChats", DAVE).path("archive").booleanValue()).isFalse();
        });
    }

    /** The phone has written, and nobody has told us yet: what it wrote is read before we write on top of it. */
    @Test
    void whoWritesOnTopOfWhatOthersWroteReadsItFirst() {
        accounts.world.fault("{\"kind\":\"no-answer\",\"stanza\":\"notification\",\"xmlns\":\"server_sync\"}");
        accounts.world.appState("Anna", Map.of("contact", "Dave", "fullName", "David", "firstName", "David"));
        assertThat(answer("addContact", Map.of("chatId", TwoAccounts.BOB, "firstName", "Bob")))
                .isEqualTo("{\"addContact\":true}");
        assertThat(contactsOnPhone())
                .anyMatch(each -> each.endsWith("Bob Bob"))
                .anyMatch(each -> each.endsWith("David David"));
        assertThat(one("getContacts", DAVE).path("contactName").stringValue()).isEqualTo("David");
    }

    /** WhatsApp took it, and the connection was lost before it said so; or it was lost before that. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatBecameOfALostAnswerIsFoundOut(boolean processed) {
        long before = version();
        accounts.world.fault("{\"kind\":\"cut\",\"xmlns\":\"w:sync:app:state\",\"processed\":" + processed + "}");
        String name = "Dave" + processed;
        assertThat(answer("addContact", Map.of("chatId", EVE, "firstName", name)))
                .isEqualTo("{\"addContact\":true}");
        assertThat(contactsOnPhone()).contains("15550001005@s.whatsapp.net " + name + " " + name);
        answer("deleteContact", Map.of("chatId", EVE));
        // Once each: what WhatsApp had was not written again.
        assertThat(version()).isEqualTo(before + 2);
    }

    private long version() {
        return accounts.world.appState("Anna").stream()
                .filter(each -> each.path("collection").stringValue().equals("critical_unblock_low"))
                .mapToLong(each -> each.path("version").longValue())
                .sum();
    }

    @Test
    void messagesDisappearWhereThatIsAgreedOn() {
        assertThat(answer("setDisappearingChat", Map.of("chatId", TwoAccounts.BOB, "ephemeralExpiration", 86400)))
                .isEqualTo("{\"chatId\":\"" + TwoAccounts.BOB
                        + "\",\"disappearingMessagesInChat\":true,\"ephemeralExpiration\":86400}");
        accounts.post(
                accounts.anna, "sendMessage", "{\"chatId\":\"" + TwoAccounts.BOB + "\",\"message\":\"Soon gone\"}");
        // That the timer was set is told first, as a message that names its kind.
        assertThat(accounts.next().at("/body/messageData").toString()).contains("[ephemeralSettingMessage]");
        assertThat(accounts.next().at("/body/messageData").toString()).contains("\"Soon gone\"");
        assertThat(one("getChats", TwoAccounts.BOB).path("ephemeralExpiration").intValue())
                .isEqualTo(86400);
        assertThat(one("getChats", TwoAccounts.BOB)
                        .path("ephemeralSettingTimestamp")
                        .longValue())
                .isPositive();
        // Bob's side has heard of it, and ends it.
        assertThat(bobs("15550001001@c.us").path("ephemeralExpiration").intValue())
                .isEqualTo(86400);
        accounts.post(accounts.bob, "setDisappearingChat", "{\"chatId\":\"15550001001@c.us\"}");
        await().until(() ->
                one("getChats", TwoAccounts.BOB).path("ephemeralExpiration").intValue() == 0);

        String group = accounts.world.group("Gone", "Anna", "Bob", "");
        await().until(() -> !one("getContacts", group).isNull());
        answer("setDisappearingChat", Map.of("chatId", group, "ephemeralExpiration", 604800));
        await().until(() -> one("getChats", group).path("ephemeralExpiration").intValue() == 604800);
        assertThat(post("setDisappearingChat", Map.of("chatId", group, "ephemeralExpiration", 5))
                        .body())
                .contains("'ephemeralExpiration' must be one of [0, 86400, 604800, 7776000]");
    }

    private JsonNode bobs(String chat) {
        return JSON.readTree(accounts.gateway
                        .get(TestGateway.path(accounts.bob, "getChats"))
                        .body())
                .valueStream()
                .filter(each -> each.path("id").stringValue().equals(chat))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aMessageIsDeletedOnTheOwnDevicesAlone() {
        String id = accounts.post(accounts.anna, "sendMessage", "{\"chatId\":\"" + CAROL + "\",\"message\":\"Oh\"}")
                .path("idMessage")
                .stringValue();
        assertThat(answer("deleteMessage", Map.of("chatId", CAROL, "idMessage", id, "onlySenderDelete", true)))
                .isEmpty();
        assertThat(onPhone("regular_high"))
                .anyMatch(entry -> entry.path("id").asString("").equals(id));
    }
}
