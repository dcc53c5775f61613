package io.greenfinch.simulator.phone;

import com.google.protobuf.ByteString;
import io.greenfinch.protocol.binary.Node;
import io.greenfinch.protocol.curve.Hkdf;
import io.greenfinch.protocol.message.MessageEnvelope;
import io.greenfinch.protocol.proto.AppStateSyncKey;
import io.greenfinch.protocol.proto.AppStateSyncKeyData;
import io.greenfinch.protocol.proto.AppStateSyncKeyFingerprint;
import io.greenfinch.protocol.proto.AppStateSyncKeyId;
import io.greenfinch.protocol.proto.AppStateSyncKeyShare;
import io.greenfinch.protocol.proto.Message;
import io.greenfinch.protocol.proto.ProtocolMessage;
import io.greenfinch.protocol.proto.ProtocolMessageType;
import io.greenfinch.protocol.signal.EncryptedMessage;
import io.greenfinch.simulator.account.Companion;
import io.greenfinch.simulator.account.PhoneKeys;
import io.greenfinch.simulator.media.MediaHost;
import io.greenfinch.simulator.message.MessageRouter;
import io.greenfinch.simulator.world.World;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What a phone tells a companion of its own as soon as that can be written to: the key of the app state, and its history
 * (specification §22). Guarded by the world's lock.
 */
final class Welcome {

    private static final byte[] KEY_ID = {0, 0, 0, 0, 0, 1};
    private static final byte[] KEY_INFO = "simulated app state".getBytes(StandardCharsets.US_ASCII);
    private static final int KEY = 32;

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
                        .setAppStateSyncKeyShare(
                                AppStateSyncKeyShare.newBuilder().addKeys(key(me))));
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

    /** One key for all companions of the account; it comes of the identity key, so that it outlives the simulator as that does. */
    private AppStateSyncKey.Builder key(PhoneState me) {
        PhoneKeys keys = me.phone().keys();
        byte[] data = Hkdf.derive(keys.identity().privateKey(), new byte[0], KEY_INFO, KEY);
        return AppStateSyncKey.newBuilder()
                .setKeyId(AppStateSyncKeyId.newBuilder().setKeyId(ByteString.copyFrom(KEY_ID)))
                .setKeyData(AppStateSyncKeyData.newBuilder()
                        .setKeyData(ByteString.copyFrom(data))
                        .setFingerprint(AppStateSyncKeyFingerprint.newBuilder()
                                .setRawId((int) keys.rawId())
                                .setCurrentIndex(0)
                                .addDeviceIndexes(0))
                        .setTimestamp(world.clock().millis()));
    }
}
