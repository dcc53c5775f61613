package io.greenfinch.simulator.phone;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import io.greenfinch.protocol.binary.Node;
import io.greenfinch.protocol.message.MessageEnvelope;
import io.greenfinch.protocol.proto.AppStateSyncKeyShare;
import io.greenfinch.protocol.proto.HistorySyncNotification;
import io.greenfinch.protocol.proto.Message;
import io.greenfinch.protocol.proto.ProtocolMessage;
import io.greenfinch.protocol.proto.ProtocolMessageType;
import io.greenfinch.protocol.signal.EncryptedMessage;
import io.greenfinch.simulator.account.Companion;
import io.greenfinch.simulator.account.SimulatedAccount;
import io.greenfinch.simulator.message.MessageRouter;
import io.greenfinch.simulator.world.World;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.zip.DeflaterOutputStream;

/**
 * What a phone tells a companion of its own as soon as that can be written to: the key of the app state, and a history, which is empty but
 * for the names of the people it shares groups with (specification §22). Guarded by the world's lock.
 */
final class Welcome {

    private static final int INITIAL_BOOTSTRAP = 0;
    private static final int PUSH_NAME = 4;
    private static final int ALL = 100;

    private final World world;
    private final MessageRouter router;
    private final PhoneWriter writer;

    Welcome(World world, MessageRouter router, PhoneWriter writer) {
        this.world = world;
        this.router = router;
        this.writer = writer;
    }

    /** Tells a companion everything. */
    void say(PhoneState me, Companion companion) {
        me.appState().writeName();
        shareKey(me, companion);
        tell(me, companion, history(INITIAL_BOOTSTRAP, part(INITIAL_BOOTSTRAP, new byte[0])));
        ByteArrayOutputStream names = new ByteArrayOutputStream();
        world.acquaintances(me.owner())
                .forEach(account -> account.pushName().ifPresent(name -> names.writeBytes(pushName(account, name))));
        tell(me, companion, history(PUSH_NAME, part(PUSH_NAME, names.toByteArray())));
    }

    /** Tells a companion the key of the app state, as it may also ask for it. */
    void shareKey(PhoneState me, Companion companion) {
        tell(
                me,
                companion,
                ProtocolMessage.newBuilder()
                        .setType(ProtocolMessageType.APP_STATE_SYNC_KEY_SHARE)
                        .setAppStateSyncKeyShare(AppStateSyncKeyShare.newBuilder()
                                .addKeys(me.appState().sharedKey())));
    }

    private void tell(PhoneState me, Companion companion, ProtocolMessage.Builder what) {
        Message message = Message.newBuilder().setProtocolMessage(what).build();
        Optional<EncryptedMessage> encrypted =
                me.sessions().encrypt(companion, MessageEnvelope.seal(message, world.random()));
        encrypted.ifPresent(enc -> router.message(
                me.phone(),
                Node.element("message")
                        .attribute("id", writer.newId())
                        .attribute("to", companion.pn())
                        .attribute("type", "text")
                        .attribute("category", "peer")
                        .child(PhoneWriter.enc(enc, message))
                        .build(),
                _ -> {}));
    }

    private static ProtocolMessage.Builder history(int type, byte[] payload) {
        return ProtocolMessage.newBuilder()
                .setType(ProtocolMessageType.HISTORY_SYNC_NOTIFICATION)
                .setHistorySyncNotification(HistorySyncNotification.newBuilder()
                        .setSyncType(type)
                        .setChunkOrder(1)
                        .setProgress(ALL)
                        .setInitialHistBootstrapInlinePayload(ByteString.copyFrom(compressed(payload))));
    }

    /** A {@code HistorySync} (specification §31.6): its type, that it is the only part, that there is no more to come, what is in it. */
    private static byte[] part(int type, byte[] content) {
        return written(out -> {
            out.writeEnum(1, type);
            out.writeUInt32(5, 1);
            out.writeUInt32(6, ALL);
            out.writeRawBytes(content);
        });
    }

    private static byte[] pushName(SimulatedAccount account, String name) {
        byte[] entry = written(out -> {
            out.writeString(1, account.pn().toString());
            out.writeString(2, name);
        });
        return written(out -> out.writeByteArray(7, entry));
    }

    private interface Fields {
        void write(CodedOutputStream out) throws IOException;
    }

    private static byte[] written(Fields fields) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        try {
            fields.write(out);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return bytes.toByteArray();
    }

    private static byte[] compressed(byte[] bytes) {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(compressed)) {
            out.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return compressed.toByteArray();
    }
}
