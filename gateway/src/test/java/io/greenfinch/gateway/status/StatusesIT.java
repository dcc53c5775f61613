package io.greenfinch.gateway.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.greenfinch.gateway.Gateway;
import io.greenfinch.gateway.TestGateway;
import io.greenfinch.gateway.TwoAccounts;
import io.greenfinch.gateway.media.FileSender;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Status updates between Anna's caller, Bob's caller and Carol's phone (green-api.md §13), through a simulated WhatsApp. */
@Timeout(120)
class StatusesIT {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String CAROL = "15550001003@c.us";

    @TempDir
    private Path data;

    private TwoAccounts accounts;

    @BeforeEach
    void start() {
        accounts = new TwoAccounts(data);
        accounts.world.person("Carol", "15550001003");
    }

    @AfterEach
    void stop() {
        accounts.close();
    }

    private String posts(String method, String body) {
        String id = accounts.post(accounts.anna, method, body).path("idMessage").asString("");
        assertThat(id).startsWith("3EB0");
        return id;
    }

    private List<JsonNode> list(Gateway.NewInstance who, String method) {
        var response = accounts.gateway.get(TestGateway.path(who, method));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return JSON.readTree(response.body()).valueStream().toList();
    }

    private JsonNode onlyStatusOfBob() {
        await().until(() -> list(accounts.bob, "getIncomingStatuses").size() == 1);
        return list(accounts.bob, "getIncomingStatuses").getFirst();
    }

    private List<String> statistic(String id) {
        var response = accounts.gateway.get(TestGateway.path(accounts.anna, "getStatusStatistic") + "?idMessage=" + id);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return JSON.readTree(response.body())
                .valueStream()
                .map(each -> each.path("participant").stringValue() + " "
                        + each.path("status").stringValue())
                .toList();
    }

    private void seesOnPhone(String text) {
        await().untilAsserted(() -> assertThat(accounts.world.seen("Carol")).contains(text));
    }

    @Test
    void aTextIsSeenByThoseWhomItIsFor() {
        String id = posts(
                "sendTextStatus",
                "{\"message\":\"Open again\",\"backgroundColor\":\"#228b22\",\"font\":\"OSWALD_HEAVY\",\"participants\":[\""
                        + TwoAccounts.BOB + "\",\"" + CAROL + "\",\"15559999999@c.us\"]}");
        seesOnPhone("Open again");
        JsonNode seen = onlyStatusOfBob();
        assertThat(seen.path("idMessage").stringValue()).isEqualTo(id);
        assertThat(seen.path("typeMessage").stringValue()).isEqualTo("extendedTextMessage");
        assertThat(seen.path("senderId").stringValue()).isEqualTo("15550001001@c.us");
        assertThat(seen.path("extendedTextMessage").toString())
                .isEqualTo("{\"text\":\"Open again\",\"backgroundColor\":\"#228B22\",\"font\":\"OSWALD_HEAVY\"}");

        await().untilAsserted(() -> assertThat(statistic(id))
                .containsExactlyInAnyOrder(
                        TwoAccounts.BOB + " delivered", CAROL + " delivered", "15559999999@c.us sent"));
        accounts.world.reads("Carol", id);
        await().untilAsserted(() -> assertThat(statistic(id)).contains(CAROL + " read"));
        JsonNode own = list(accounts.anna, "getOutgoingStatuses").getFirst();
        assertThat(own.path("statusMessage").stringValue()).isEqualTo("read");
        assertThat(own.path("sendByApi").booleanValue()).isTrue();
        assertThat(own.path("participants").size()).isEqualTo(3);
    }

    @Test
    void aSecondOneIsNotForWhoSawTheFirst() {
        posts(
                "sendTextStatus",
                "{\"message\":\"for both\",\"participants\":[\"" + TwoAccounts.BOB + "\",\"" + CAROL + "\"]}");
        seesOnPhone("for both");
        posts("sendTextStatus", "{\"message\":\"for Bob\",\"participants\":[\"" + TwoAccounts.BOB + "\"]}");
        await().until(() -> list(accounts.bob, "getIncomingStatuses").size() == 2);
        posts("sendTextStatus", "{\"message\":\"for Carol\",\"participants\":[\"" + CAROL + "\"]}");
        seesOnPhone("for Carol");
        assertThat(accounts.world.seen("Carol")).doesNotContain("for Bob");
    }

    /** Who is named by nobody is seen by those with whom something was written, as far as the account's own setting lets them. */
    @ParameterizedTest
    @CsvSource({"contacts,,true,true", "blacklist,Bob,false,true", "whitelist,Bob,true,false"})
    void aStatusForAllFollowsTheSettingOfTheAccount(String rule, String people, boolean bob, boolean carol) {
        accounts.world.statusPrivacy("Anna", rule, people == null ? new String[0] : new String[] {people});
        posts("sendMessage", "{\"chatId\":\"" + CAROL + "\",\"message\":\"Hello Carol\"}");
        posts("sendMessage", "{\"chatId\":\"" + TwoAccounts.BOB + "\",\"message\":\"Hello Bob\"}");
        seesOnPhone("Hello Carol");
        posts("sendTextStatus", "{\"message\":\"for all\",\"participants\":[]}");
        posts("sendMessage", "{\"chatId\":\"" + CAROL + "\",\"message\":\"afterwards\"}");
        seesOnPhone("afterwards");
        posts("sendMessage", "{\"chatId\":\"" + TwoAccounts.BOB + "\",\"message\":\"afterwards\"}");
        await().until(() -> list(accounts.bob, "lastIncomingMessages").size() == 2);
        assertThat(accounts.world.seen("Carol").contains("for all")).isEqualTo(carol);
        assertThat(list(accounts.bob, "getIncomingStatuses")).hasSize(bob ? 1 : 0);
    }

    @ParameterizedTest
    @CsvSource({
        "sendMediaStatus, cat.jpg, imageMessage, '\"caption\":\"Look\"'",
        "sendMediaStatus, film.mp4, videoMessage, '\"caption\":\"Look\"'",
        "sendVoiceStatus, word.ogg, audioMessage, '\"backgroundColor\":\"#000000\"'",
    })
    void aFileIsSeen(String method, String name, String type, String more) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            FileSender anna = new FileSender(http, accounts.apiUrl(), accounts.anna);
            byte[] content = FileSender.bytes(100_000);
            String link = anna.upload(name, content, "").path("urlFile").stringValue();
            posts(
                    method,
                    "{\"urlFile\":\"" + link + "\",\"fileName\":\"" + name + "\"," + more + ",\"participants\":[\""
                            + TwoAccounts.BOB + "\"]}");
            JsonNode seen = onlyStatusOfBob();
            assertThat(seen.path("typeMessage").stringValue()).isEqualTo(type);
            assertThat(seen.path("caption").stringValue()).isEqualTo(method.equals("sendMediaStatus") ? "Look" : "");
            assertThat(anna.fetch(seen.path("downloadUrl").stringValue())).isEqualTo(content);
            String shown = list(accounts.anna, "getOutgoingStatuses")
                    .getFirst()
                    .path("downloadUrl")
                    .stringValue();
            assertThat(anna.fetch(shown)).isEqualTo(content);
        }
    }

    /** Who only writes to us is nobody that we know. */
    @Test
    void aStatusForNobodyIsNotClaimed() {
        accounts.world.says("Carol", "Anna", "Buy this");
        await().until(() -> list(accounts.anna, "lastIncomingMessages").size() == 1);
        for (String participants : List.of("", ",\"participants\":[\"15559999999@c.us\"]")) {
            String id = posts("sendTextStatus", "{\"message\":\"Anybody?\"" + participants + "}");
            await().until(() -> list(accounts.anna, "getOutgoingStatuses").stream()
                    .anyMatch(each -> each.path("idMessage").stringValue().equals(id)
                            && each.path("statusMessage").stringValue().equals("noAccount")));
            assertThat(statistic(id)).isEmpty();
        }
        assertThat(accounts.world.seen("Carol")).doesNotContain("Anybody?");
    }

    /** Whatever the account's own setting says by now: who has got it is told that it is taken back. */
    @Test
    void whoeverGotItIsToldThatItIsTakenBack() {
        posts("sendMessage", "{\"chatId\":\"" + CAROL + "\",\"message\":\"Hello\"}");
        seesOnPhone("Hello");
        String id = posts("sendTextStatus", "{\"message\":\"Oops\"}");
        seesOnPhone("Oops");
        accounts.world.statusPrivacy("Anna", "blacklist", "Carol");
        accounts.gateway.post(TestGateway.path(accounts.anna, "deleteStatus"), "{\"idMessage\":\"" + id + "\"}");
        seesOnPhone("deleted a message");
    }

    @Test
    void whatIsTakenBackIsGone() {
        String id = posts(
                "sendTextStatus",
                "{\"message\":\"Oops\",\"participants\":[\"" + TwoAccounts.BOB + "\",\"" + CAROL + "\"]}");
        onlyStatusOfBob();
        assertThat(accounts.gateway
                        .post(TestGateway.path(accounts.anna, "deleteStatus"), "{\"idMessage\":\"" + id + "\"}")
                        .body())
                .isEmpty();
        await().until(() -> list(accounts.bob, "getIncomingStatuses").isEmpty());
        await().until(() -> list(accounts.anna, "getOutgoingStatuses").isEmpty());
        seesOnPhone("deleted a message");
    }

    /** What somebody posts is asked for: no list of messages, no chat and no notification tells of it. */
    @Test
    void whatAPhonePostsStandsApartFromMessages() {
        String id = accounts.world.does(
                "Carol", Map.of("to", "status@broadcast", "text", "Sunny", "audience", List.of("Bob", "Anna")));
        JsonNode seen = onlyStatusOfBob();
        assertThat(seen.path("idMessage").stringValue()).isEqualTo(id);
        assertThat(seen.path("senderName").stringValue()).isEqualTo("Carol");
        accounts.world.says("Carol", "Bob", "A message");
        assertThat(accounts.next()
                        .at("/body/messageData/textMessageData/textMessage")
                        .stringValue())
                .isEqualTo("A message");
        assertThat(list(accounts.bob, "lastIncomingMessages")).hasSize(1);
        assertThat(list(accounts.bob, "getChats"))
                .extracting(chat -> chat.path("id").stringValue())
                .containsExactly(CAROL);
        accounts.world.does("Carol", Map.of("delete", true, "message", id));
        await().until(() -> list(accounts.bob, "getIncomingStatuses").isEmpty());
    }

    /** A phone that has lost its keys asks again, and is answered. */
    @Test
    void whoCanNotReadItIsSentItAgain() {
        posts("sendTextStatus", "{\"message\":\"First\",\"participants\":[\"" + CAROL + "\"]}");
        seesOnPhone("First");
        accounts.world.forgetsSessions("Carol");
        posts("sendTextStatus", "{\"message\":\"Second\",\"participants\":[\"" + CAROL + "\"]}");
        seesOnPhone("Second");
    }

    @Test
    void whatOurOwnPhonePostsIsOneOfOurs() {
        String id = accounts.world.does(
                "Anna", Map.of("to", "status@broadcast", "text", "By phone", "audience", List.of("Bob")));
        await().until(() -> list(accounts.anna, "getOutgoingStatuses").size() == 1);
        JsonNode own = list(accounts.anna, "getOutgoingStatuses").getFirst();
        assertThat(own.path("sendByApi").booleanValue()).isFalse();
        // Where nobody has told the number, it is the LID that is known.
        await().untilAsserted(() ->
                assertThat(statistic(id)).singleElement().asString().matches("[0-9]+@(c[.]us|lid) delivered"));
        assertThat(accounts.gateway
                        .post(TestGateway.path(accounts.anna, "deleteStatus"), "{\"idMessage\":\"" + id + "\"}")
                        .statusCode())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "sendTextStatus | {} | 'message' is required",
                "sendTextStatus | {\"message\":\"\"} | 'message' is not allowed to be empty",
                "sendTextStatus | {\"message\":\"a\",\"font\":\"COMIC\"} | 'font' must be one of "
                        + "[BRYNDAN_WRITE, NORICAN_REGULAR, OSWALD_HEAVY, SANS_SERIF, SERIF]",
                "sendTextStatus | {\"message\":\"a\",\"backgroundColor\":\"green\"} | "
                        + "'backgroundColor' must be one of the next formats: '#RRGGBB'",
                "sendTextStatus | {\"message\":\"a\",\"participants\":[\"120363000000000001@g.us\"]} | 'participants[0]' "
                        + "must be one of the next formats: 'phone_number@c.us' or 'chat_id@lid'",
                "sendMediaStatus | {\"urlFile\":\"http://127.0.0.1:1/a\",\"fileName\":\"a.pdf\"} | "
                        + "'fileName' must have an extension of a picture or a film",
                "sendVoiceStatus | {\"urlFile\":\"http://127.0.0.1:1/a\",\"fileName\":\"a.jpg\"} | "
                        + "'fileName' must have an extension of a sound",
                "deleteStatus | {\"idMessage\":\"3EB0000000000000000000\"} | Message not found by id 3EB0000000000000000000",
            })
    void whatIsWrongIsSaid(String method, String body, String words) {
        var response = accounts.gateway.post(TestGateway.path(accounts.anna, method), body);
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains(words);
    }
}
