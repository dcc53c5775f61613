package io.greenfinch.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import io.greenfinch.protocol.message.MessageEnvelope;
import io.greenfinch.protocol.proto.AppStateSyncKeyRequest;
import io.greenfinch.protocol.proto.Conversation;
import io.greenfinch.protocol.proto.HistorySync;
import io.greenfinch.protocol.proto.HistorySyncNotification;
import io.greenfinch.protocol.proto.Message;
import io.greenfinch.protocol.proto.ProtocolMessage;
import io.greenfinch.protocol.proto.ProtocolMessageType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a phone tells a companion that it took in (specification §22). */
class WelcomeIT {

    private final Simulator simulator = Simulator.start(SimulatorSettings.defaults());
    private final TestAdmin admin = new TestAdmin(simulator.adminUrl());

    @AfterEach
    void stop() {
        simulator.close();
    }

    private TestSignal link(String person) {
        TestCompanion companion = new TestCompanion(simulator).pair(admin, person);
        return new TestSignal(companion, companion.logIn()).upload(5);
    }

    private static ProtocolMessage protocol(MessageEnvelope told) {
        return told.content().getProtocolMessage();
    }

    private static byte[] inflated(HistorySyncNotification history) throws IOException {
        byte[] payload = history.getInitialHistBootstrapInlinePayload().toByteArray();
        return new InflaterInputStream(new ByteArrayInputStream(payload)).readAllBytes();
    }

    @Test
    void sharesTheKeyOfTheAppStateAndAnEmptyHistory() throws IOException {
        admin.person("Bob");
        admin.person("Anna");
        admin.group("Team", "Anna", "lid", "Bob");
        List<MessageEnvelope> told = link("Anna").welcome();
        assertThat(told)
                .extracting(each -> protocol(each).getType())
                .containsExactly(
                        ProtocolMessageType.APP_STATE_SYNC_KEY_SHARE,
                        ProtocolMessageType.HISTORY_SYNC_NOTIFICATION,
                        ProtocolMessageType.HISTORY_SYNC_NOTIFICATION);
        var key = protocol(told.getFirst()).getAppStateSyncKeyShare().getKeys(0);
        assertThat(key.getKeyId().getKeyId().size()).isEqualTo(6);
        assertThat(key.getKeyData().getKeyData().size()).isEqualTo(32);
        HistorySyncNotification bootstrap = protocol(told.get(1)).getHistorySyncNotification();
        assertThat(bootstrap.getProgress()).isEqualTo(100);
        assertThat(inflated(bootstrap)).containsExactly(8, 0, 40, 1, 48, 100);
        HistorySyncNotification names = protocol(told.get(2)).getHistorySyncNotification();
        assertThat(names.getSyncType()).isEqualTo(4);
        assertThat(new String(inflated(names), StandardCharsets.UTF_8)).contains("Bob");
        // All companions of an account have the same key.
        assertThat(protocol(link("Anna").welcome().getFirst())
                        .getAppStateSyncKeyShare()
                        .getKeys(0)
                        .getKeyData()
                        .getKeyData())
                .isEqualTo(key.getKeyData().getKeyData());
    }

    @Test
    void tellsWhatThePhoneReadAndWroteAsItIsNow() throws IOException {
        admin.person("Bob");
        admin.person("Anna");
        String group = admin.group("Team", "Anna", "lid", "Bob");
        String read = say("Bob", "{\"to\":\"Anna\",\"text\":\"Hi\"}");
        String wrong = say("Anna", "{\"to\":\"Bob\",\"text\":\"Hoo\"}");
        say("Anna", "{\"message\":\"" + wrong + "\",\"edit\":\"Ho\"}");
        String taken = say("Bob", "{\"to\":\"" + group + "\",\"text\":\"taken\"}");
        say("Bob", "{\"message\":\"" + taken + "\",\"delete\":true}");

        HistorySync history = HistorySync.parseFrom(
                inflated(protocol(link("Anna").welcome().get(1)).getHistorySyncNotification()));

        assertThat(history.getProgress()).isEqualTo(100);
        assertThat(history.getConversationsList())
                .extracting(Conversation::getName)
                .containsExactlyInAnyOrder("", "Team");
        Conversation bob = history.getConversationsList().stream()
                .filter(chat -> chat.getName().isEmpty())
                .findFirst()
                .orElseThrow();
        assertThat(bob.getMessagesList())
                .extracting(message -> message.getMessage().getKey().getId())
                .containsExactly(wrong, read);
        assertThat(bob.getMessages(0).getMessage().getKey().getFromMe()).isTrue();
        assertThat(Message.parseFrom(bob.getMessages(0).getMessage().getMessage())
                        .getConversation())
                .isEqualTo("Ho");
        assertThat(bob.getMessages(1).getMessage().getPushName()).isEqualTo("Bob");
        assertThat(history.getPhoneNumberToLidMappings(0).getLidJid()).isEqualTo(bob.getLidJid());
        Conversation team = history.getConversationsList().stream()
                .filter(chat -> chat.getName().equals("Team"))
                .findFirst()
                .orElseThrow();
        assertThat(team.getMessages(0).getMessage().hasMessage()).isFalse();
        assertThat(team.getMessages(0).getMessage().getMessageStubType()).isEqualTo(1);
    }

    private String say(String person, String json) {
        return admin.post("/admin/people/" + person + "/messages", json)
                .json()
                .get("id")
                .asString();
    }

    @Test
    void tellsALongHistoryPartByPart() throws IOException {
        admin.person("Anna");
        admin.done("/admin/people/Anna/history", "{\"chats\":3,\"messages\":110,\"chunk\":150,\"seed\":7}");
        TestSignal anna = link("Anna");
        HistorySync first =
                HistorySync.parseFrom(inflated(protocol(anna.welcome().get(1)).getHistorySyncNotification()));
        assertThat(first.getConversationsList())
                .allSatisfy(chat -> assertThat(chat.getMessagesCount()).isEqualTo(10));
        assertThat(first.getPhoneNumberToLidMappingsCount()).isEqualTo(3);
        HistorySync names =
                HistorySync.parseFrom(inflated(protocol(anna.welcome().get(2)).getHistorySyncNotification()));
        assertThat(names.getPushnames(0).getPushname()).isEqualTo("Contact 0");
        List<HistorySyncNotification> rest = List.of(anna.nextOfPhone(), anna.nextOfPhone());
        assertThat(rest).extracting(HistorySyncNotification::getProgress).containsExactly(55, 100);
        assertThat(rest).extracting(HistorySyncNotification::getSyncType).containsOnly(3);
        assertThat(rest).allMatch(HistorySyncNotification::hasInitialHistBootstrapInlinePayload);
        long messages = 0;
        for (HistorySyncNotification part : rest) {
            messages += HistorySync.parseFrom(inflated(part)).getConversationsList().stream()
                    .mapToInt(Conversation::getMessagesCount)
                    .sum();
        }
        assertThat(messages).isEqualTo(300);
    }

    @Test
    void waitsForAPhoneThatIsOffline() {
        TestCompanion anna = new TestCompanion(simulator).pair(admin, "Anna");
        TestSocket socket = anna.logIn();
        admin.done("/admin/people/Anna/offline", "{\"offline\":true}");
        KeysIT.upload(anna, socket, 3);
        assertThat(socket.all()).noneMatch(MessageStage::message);
        admin.done("/admin/people/Anna/offline", "{\"offline\":false}");
        Node told = socket.await(MessageStage::message);
        assertThat(told.jid("from")).contains(anna.pn().account());
        assertThat(told.is("category", "peer") && !told.has("recipient")).isTrue();
        assertThat(told.jid("peer_recipient_lid")).contains(anna.lid().account());
    }

    @Test
    void givesTheKeyAgainToACompanionThatAsks() {
        TestCompanion anna = new TestCompanion(simulator).pair(admin, "Anna");
        TestSocket socket = anna.logIn();
        TestSignal signal = new TestSignal(anna, socket).upload(5);
        Jid phone = anna.pn().account();
        Message question = Message.newBuilder()
                .setProtocolMessage(ProtocolMessage.newBuilder()
                        .setType(ProtocolMessageType.APP_STATE_SYNC_KEY_REQUEST)
                        .setAppStateSyncKeyRequest(AppStateSyncKeyRequest.newBuilder()))
                .build();
        socket.send(Node.element("message")
                .attribute("id", "P1")
                .attribute("to", phone)
                .attribute("category", "peer")
                .attribute("type", "text")
                .child(signal.encrypted(phone, question))
                .build());
        assertThat(socket.await(node -> node.tag().equals("ack") && node.is("id", "P1"))
                        .has("error"))
                .isFalse();
        assertThat(protocol(signal.read(socket.await(MessageStage::message))).getType())
                .isEqualTo(ProtocolMessageType.APP_STATE_SYNC_KEY_SHARE);
        assertThat(admin.get("/admin/people/Anna/seen").json().size()).isZero();
    }
}
