package io.greenfinch.simulator.phone;

import io.greenfinch.protocol.binary.Node;
import io.greenfinch.protocol.message.MessageEnvelope;
import io.greenfinch.protocol.proto.AppStateSyncKeyShare;
import io.greenfinch.protocol.proto.Message;
import io.greenfinch.protocol.proto.ProtocolMessage;
import io.greenfinch.protocol.proto.ProtocolMessageType;
import io.greenfinch.protocol.signal.EncryptedMessage;
import io.greenfinch.simulator.account.Companion;
import io.greenfinch.simulator.media.MediaHost;
import io.greenfinch.simulator.message.MessageRouter;
import io.greenfinch.simulator.world.World;
import java.util.Optional;

/**
 * What a phone tells a companion of its own as soon as that can be written to: the key of the app state, and its history
 * (specification §22). Guarded by the world's lock.
 */
final class Welcome {

    private final World world;
    private final MessageRouter router;
    private final PhoneWriter writer;
    private final HistoryTelling history;

    Welcome(World world, MessageRouter router, PhoneWriter writer, MediaHost media) {
        this.world = world;
        this.router = router;
        this.writer = writer;
        this.history = new HistoryTelling(world, media, this::tell);
    }

    /** Tells a companion everything. */
    void say(PhoneState me, Companion companion) {
        me.appState().writeName();
        shareKey(me, companion);
        history.tell(me, companion);
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
}
