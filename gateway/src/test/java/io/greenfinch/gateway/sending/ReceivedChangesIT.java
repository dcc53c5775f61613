package io.greenfinch.gateway.sending;

import static io.greenfinch.gateway.sending.Conversation.BOB;
import static io.greenfinch.gateway.sending.Conversation.BOBS;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.greenfinch.client.group.Person;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.message.MessageSecret;
import io.greenfinch.protocol.message.MessageSecret.Original;
import io.greenfinch.protocol.message.MessageSecret.Sealed;
import io.greenfinch.protocol.message.MessageSecret.Use;
import io.greenfinch.protocol.proto.EncryptedPollVote;
import io.greenfinch.protocol.proto.FutureProofMessage;
import io.greenfinch.protocol.proto.Message;
import io.greenfinch.protocol.proto.MessageContextInfo;
import io.greenfinch.protocol.proto.MessageKey;
import io.greenfinch.protocol.proto.PollCreationMessage;
import io.greenfinch.protocol.proto.PollOption;
import io.greenfinch.protocol.proto.PollUpdateMessage;
import io.greenfinch.protocol.proto.PollVoteMessage;
import io.greenfinch.protocol.proto.ProtocolMessage;
import io.greenfinch.protocol.proto.ProtocolMessageType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What messages do to earlier ones: other texts, deletions, votes (green-api.md §6.7, §7.1; specification §14.8, §14.9). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(90)
class ReceivedChangesIT {

    private static final SecureRandom RANDOM = new SecureRandom();

    private Conversation anna;
    private int number;

    @BeforeAll
    void start(@TempDir Path data) {
        anna = new Conversation(data).tellingChanges();
    }

    @AfterAll
    void stop() {
        anna.close();
    }

    private String id() {
        return "F7AEC1B7086ECDC7E6E45923%08X".formatted(++number);
    }

    private String comes(Message message) {
        String id = id();
        anna.comes(id, BOBS, Optional.of(message));
        return id;
    }

    private static Message.Builder message() {
        return Message.newBuilder();
    }

    @Test
    void anEditChangesTheTextOfWhoWroteIt() {
        String id = comes(message().setConversation("Helo").build());
        anna.told();
        String edit = comes(edited(id, "Hello"));

        assertThat(anna.told().toString())
                .isEqualTo("{\"typeMessage\":\"editedMessage\",\"editedMessageData\":{\"textMessage\":\"Hello\","
                        + "\"stanzaId\":\"" + id + "\"}}");
        assertThat(anna.kept(id).path("textMessage").stringValue()).isEqualTo("Hello");
        assertThat(anna.kept(id).path("isEdited").booleanValue()).isTrue();
        assertThat(anna.kept(id).path("editedMessageId").stringValue()).isEqualTo(edit);
        assertThat(anna.kept(edit).path("typeMessage").stringValue()).isEqualTo("editedMessage");
    }

    /** Nobody changes what another has written. */
    @Test
    void anEditOfWhatWeHaveWrittenChangesNothing() {
        String id = anna.send("{\"chatId\":\"" + BOB + "\",\"message\":\"Mine\"}");
        anna.told();
        anna.told();
        comes(edited(id, "Yours"));

        comes(message().setConversation("Next").build());
        assertThat(anna.told().toString())
                .as("what may not be done is not told")
                .contains("Next");
        assertThat(anna.kept(id).path("textMessage").stringValue()).isEqualTo("Mine");
        assertThat(anna.kept(id).has("isEdited")).isFalse();
    }

    @Test
    void whatIsSwitchedOffIsNotTold() {
        anna.set("{\"deletedMessageWebhook\":\"no\"}");
        String id = comes(message().setConversation("Oops").build());
        anna.told();
        comes(message()
                .setProtocolMessage(ProtocolMessage.newBuilder()
                        .setType(ProtocolMessageType.REVOKE)
                        .setKey(MessageKey.newBuilder().setId(id)))
                .build());
        assertThat(anna.kept(id).path("isDeleted").booleanValue()).isTrue();
        assertThat(anna.get("getWebhooksCount")).isEqualTo("{\"count\":0}");
        anna.set("{\"deletedMessageWebhook\":\"yes\"}");
    }

    /** What is asked in one as well as what is answered to it. */
    @Test
    void pollsAreToldOnlyWhereTheSettingsSaySo() {
        anna.set("{\"pollMessageWebhook\":\"no\"}");
        String id = comes(message()
                .setPollCreationMessage(PollCreationMessage.newBuilder()
                        .setName("Colour?")
                        .addOptions(PollOption.newBuilder().setOptionName("green")))
                .build());
        assertThat(anna.kept(id).path("typeMessage").stringValue()).isEqualTo("pollMessage");
        assertThat(anna.get("getWebhooksCount")).isEqualTo("{\"count\":0}");
        anna.set("{\"pollMessageWebhook\":\"yes\"}");
    }

    @Test
    void anOlderEditDoesNotUndoALaterOne() {
        String id = comes(message().setConversation("Helo").build());
        anna.told();
        comes(edited(id, "Hello!", 2));
        anna.told();
        comes(edited(id, "Hello", 1));
        anna.told();

        assertThat(anna.kept(id).path("textMessage").stringValue()).isEqualTo("Hello!");
    }

    /** In a group admins take back what others wrote, and nobody else does. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void adminsTakeBackWhatOthersWrote(boolean admin) {
        Jid group = Jid.group("120363000000000001");
        Person carol = new Person(Optional.of(Jid.pn("15550001003")), Optional.empty());
        String id = id();
        anna.comes(id, group, Optional.of(message().setConversation("Mine").build()));
        anna.told();
        anna.comes(
                id(),
                group,
                carol,
                admin,
                Optional.of(message()
                        .setProtocolMessage(ProtocolMessage.newBuilder()
                                .setType(ProtocolMessageType.REVOKE)
                                .setKey(MessageKey.newBuilder().setId(id)))
                        .build()));
        comes(message().setConversation("Next").build());

        assertThat(anna.told().toString()).contains(admin ? "deletedMessage" : "Next");
        if (admin) {
            anna.told();
        }
        String kept = anna.post("getMessage", "{\"chatId\":\"" + group + "\",\"idMessage\":\"" + id + "\"}");
        assertThat(kept.contains("\"isDeleted\":true")).isEqualTo(admin);
    }

    private static Message edited(String id, String text) {
        return edited(id, text, 1);
    }

    private static Message edited(String id, String text, long millis) {
        return message()
                .setEditedMessage(FutureProofMessage.newBuilder()
                        .setMessage(message()
                                .setProtocolMessage(ProtocolMessage.newBuilder()
                                        .setType(ProtocolMessageType.MESSAGE_EDIT)
                                        .setKey(MessageKey.newBuilder().setId(id))
                                        .setTimestampMs(millis)
                                        .setEditedMessage(message().setConversation(text)))))
                .build();
    }

    @Test
    void whatIsTakenBackIsMarked() {
        String id = comes(message().setConversation("Oops").build());
        anna.told();
        String deletion = comes(message()
                .setProtocolMessage(ProtocolMessage.newBuilder()
                        .setType(ProtocolMessageType.REVOKE)
                        .setKey(MessageKey.newBuilder().setId(id)))
                .build());

        assertThat(anna.told().toString())
                .isEqualTo("{\"typeMessage\":\"deletedMessage\",\"deletedMessageData\":{\"stanzaId\":\"" + id + "\"}}");
        assertThat(anna.kept(id).path("isDeleted").booleanValue()).isTrue();
        assertThat(anna.kept(id).path("deletedMessageId").stringValue()).isEqualTo(deletion);
    }

    @Test
    void votesOfAPollAreCounted() {
        byte[] secret = MessageSecret.generate(RANDOM);
        PollCreationMessage.Builder poll = PollCreationMessage.newBuilder().setName("Colour?");
        for (String option : new String[] {"green", "red"}) {
            poll.addOptions(PollOption.newBuilder().setOptionName(option));
        }
        String id = comes(message()
                .setPollCreationMessage(poll)
                .setMessageContextInfo(MessageContextInfo.newBuilder().setMessageSecret(ByteString.copyFrom(secret)))
                .build());
        assertThat(anna.told().toString())
                .isEqualTo("{\"typeMessage\":\"pollMessage\",\"pollMessageData\":{\"name\":\"Colour?\",\"options\":"
                        + "[{\"optionName\":\"green\"},{\"optionName\":\"red\"}],\"multipleAnswers\":true}}");

        comes(vote(id, secret, BOBS, 2, "red"));
        assertThat(anna.told().toString())
                .isEqualTo("{\"typeMessage\":\"pollUpdateMessage\",\"pollMessageData\":{\"stanzaId\":\"" + id
                        + "\",\"name\":\"Colour?\",\"votes\":[{\"optionName\":\"green\",\"optionVoters\":[]},"
                        + "{\"optionName\":\"red\",\"optionVoters\":[\"" + BOB + "\"]}],\"multipleAnswers\":true}}");
        comes(vote(id, secret, BOBS, 3, "green"));
        assertThat(anna.told().toString()).contains("{\"optionName\":\"green\",\"optionVoters\":[\"" + BOB + "\"]}");
        comes(vote(id, secret, BOBS, 1, "red"));
        assertThat(anna.told().toString())
                .as("an earlier vote")
                .contains("{\"optionName\":\"red\",\"optionVoters\":[]}");
        comes(vote(id, MessageSecret.generate(RANDOM), BOBS, 4, "red"));
        assertThat(anna.told().toString()).as("a vote that can't be read").contains("\"name\":\"\",\"votes\":[]");
        comes(vote("3EB0DDDDDDDDDDDDDDDD", secret, BOBS, 4, "red"));
        assertThat(anna.told().toString()).as("of a poll that is not known").contains("\"name\":\"\",\"votes\":[]");
    }

    private static Message vote(String poll, byte[] secret, Jid voter, long millis, String option) {
        Sealed sealed = MessageSecret.encrypt(
                Use.POLL_VOTE,
                new Original(secret, poll, BOBS),
                voter,
                PollVoteMessage.newBuilder()
                        .addSelectedOptions(ByteString.copyFrom(sha256(option)))
                        .build()
                        .toByteArray(),
                RANDOM);
        return message()
                .setPollUpdateMessage(PollUpdateMessage.newBuilder()
                        .setPollCreationMessageKey(MessageKey.newBuilder().setId(poll))
                        .setSenderTimestampMs(millis)
                        .setVote(EncryptedPollVote.newBuilder()
                                .setEncPayload(ByteString.copyFrom(sealed.payload()))
                                .setEncIv(ByteString.copyFrom(sealed.nonce()))))
                .build();
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
