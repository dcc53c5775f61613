package io.greenfinch.interop.scenario;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.greenfinch.interop.peer.PeerEvent.Content;
import io.greenfinch.interop.peer.PeerEvent.Message;
import io.greenfinch.interop.peer.PeerKind;
import io.greenfinch.interop.scenario.GatewayChats.Chat;
import io.greenfinch.interop.service.Gateway.Answer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** What is no text, between our gateway and Baileys and whatsmeow, both ways, direct and in groups (specification §14.8, §14.9). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@NeedsPeers
class GatewayKindsIT {

    private GatewayChats chats;

    @BeforeAll
    void link(@TempDir Path data) {
        chats = GatewayChats.start(data);
    }

    @AfterAll
    void stop() {
        chats.close();
    }

    @ParameterizedTest
    @MethodSource("io.greenfinch.interop.scenario.GatewayChats#all")
    void whatWeSendIsRead(PeerKind kind, String where) {
        Actor actor = chats.cast().first(kind);
        Chat chat = chats.with(actor, where);

        String place = sent(chat, "sendLocation", Map.of("latitude", 51.5, "longitude", 0, "nameLocation", "Here"));
        assertThat(awaitContent(actor, place).text()).isEqualTo("Here");
        String card = sent(
                chat,
                "sendContact",
                Map.of("contact", Map.of("phoneContact", 10_000_000_003L, "firstName", "Ann", "lastName", "Smith")));
        assertThat(awaitContent(actor, card)).satisfies(seen -> {
            assertThat(seen.what()).isEqualTo("contact");
            assertThat(seen.text()).isEqualTo("Ann Smith");
            assertThat(chats.us().isNamed(seen.sender())).isTrue();
        });
        String text = sent(chat, "sendMessage", Map.of("message", "Helo"));
        actor.peer().await(Message.class, seen -> seen.id().equals(text));
        String edit = sent(chat, "editMessage", Map.of("idMessage", text, "message", "Hello"));
        assertThat(awaitContent(actor, edit)).satisfies(seen -> {
            assertThat(seen.what()).isEqualTo("edit");
            assertThat(seen.text()).isEqualTo("Hello");
            assertThat(seen.about()).hasValue(text);
        });
        assertThat(post(chat, "deleteMessage", Map.of("idMessage", text)).status())
                .isEqualTo(200);
        actor.peer()
                .await(
                        Content.class,
                        seen -> seen.what().equals("delete") && seen.about().equals(Optional.of(text)));
        String poll = sent(
                chat,
                "sendPoll",
                Map.of(
                        "message",
                        "Colour?",
                        "options",
                        List.of(Map.of("optionName", "green"), Map.of("optionName", "red"))));
        assertThat(awaitContent(actor, poll).text()).isEqualTo("Colour?");
        if (kind == PeerKind.WHATSMEOW) { // Baileys has no votes to cast
            String vote = actor.peer().send(chat.theirs(), "vote", Map.of("about", poll, "options", List.of("red")));
            JsonNode data = awaitItem(chat, vote).get("pollMessageData");
            assertThat(data.get("stanzaId").asString()).isEqualTo(poll);
            assertThat(data.at("/votes/1/optionVoters/0").asString())
                    .isEqualTo(actor.person().phone() + "@c.us");
        }
    }

    @ParameterizedTest
    @MethodSource("io.greenfinch.interop.scenario.GatewayChats#all")
    void whatIsSentToUsIsTold(PeerKind kind, String where) {
        Actor actor = chats.cast().first(kind);
        Chat chat = chats.with(actor, where);

        String place = actor.peer()
                .send(chat.theirs(), "location", Map.of("text", "There", "latitude", 51.5, "longitude", -0.25));
        JsonNode location = awaitItem(chat, place).get("location");
        assertThat(location.get("nameLocation").asString()).isEqualTo("There");
        assertThat(location.get("longitude").asDouble()).isEqualTo(-0.25);
        String card = actor.peer()
                .send(
                        chat.theirs(),
                        "contact",
                        Map.of("text", "Ann", "vcard", "BEGIN:VCARD\nVERSION:3.0\nFN:Ann\nEND:VCARD"));
        assertThat(awaitItem(chat, card).at("/contact/displayName").asString()).isEqualTo("Ann");
        String poll = actor.peer().send(chat.theirs(), "poll", Map.of("text", "Tea?", "options", List.of("yes", "no")));
        JsonNode question = awaitItem(chat, poll).get("pollMessageData");
        assertThat(question.get("name").asString()).isEqualTo("Tea?");
        assertThat(question.at("/options/1/optionName").asString()).isEqualTo("no");
        String text = actor.peer().sendText(chat.theirs(), "Wrong");
        awaitItem(chat, text);
        String edit = actor.peer().send(chat.theirs(), "edit", Map.of("about", text, "text", "Right"));
        assertThat(awaitItem(chat, edit).at("/editedMessageData/textMessage").asString())
                .isEqualTo("Right");
        assertThat(awaitItem(chat, text).get("textMessage").asString()).isEqualTo("Right");
        String deletion = actor.peer().send(chat.theirs(), "delete", Map.of("about", text));
        assertThat(awaitItem(chat, deletion).at("/deletedMessageData/stanzaId").asString())
                .isEqualTo(text);
        assertThat(awaitItem(chat, text).get("isDeleted").asBoolean()).isTrue();

        String passed = post(chat, "forwardMessages", Map.of("chatIdFrom", chat.ours(), "messages", List.of(place)))
                .json()
                .at("/messages/0")
                .asString();
        assertThat(awaitContent(actor, passed).text()).isEqualTo("There");
    }

    private Answer post(Chat chat, String method, Map<String, ?> fields) {
        Map<String, Object> all = new HashMap<>(fields);
        all.put("chatId", chat.ours());
        return chats.gateway().post(method, all);
    }

    private String sent(Chat chat, String method, Map<String, ?> fields) {
        Answer answer = post(chat, method, fields);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json().get("idMessage").asString();
    }

    private static Content awaitContent(Actor actor, String id) {
        return actor.peer().await(Content.class, seen -> seen.id().equals(id));
    }

    /** What the journal tells of a message, once it is there. */
    private JsonNode awaitItem(Chat chat, String id) {
        return await().atMost(20, SECONDS)
                .until(() -> post(chat, "getMessage", Map.of("idMessage", id)), answer -> answer.status() == 200)
                .json();
    }
}
