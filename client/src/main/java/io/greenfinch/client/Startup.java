package io.greenfinch.client;

import com.google.protobuf.ByteString;
import io.greenfinch.client.proto.StoredPreKey;
import io.greenfinch.client.stanza.Answer;
import io.greenfinch.client.stanza.Exchange;
import io.greenfinch.client.stanza.Request;
import io.greenfinch.client.stanza.Requests;
import io.greenfinch.client.store.Change;
import io.greenfinch.client.store.StateKind;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import io.greenfinch.protocol.curve.PreKey;
import io.greenfinch.protocol.curve.PublicKeys;
import io.greenfinch.protocol.curve.SignedPreKey;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a companion does after {@code <success>}, in the order of other clients: see to it that the server has one-time
 * prekeys of us, declare itself active, take in what waited for it; then it is online (specification §10). One per
 * connection. Belongs to the session's thread.
 */
final class Startup {

    private static final Logger log = LoggerFactory.getLogger(Startup.class);

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** How long after {@code active} we wait for the end of the offline queue; not every server tells it. */
    private static final Duration OFFLINE_PATIENCE = Duration.ofSeconds(5);

    /** Fewer one-time prekeys at the server than this are too few (specification §12.1). */
    private static final int MIN_PREKEYS = 5;

    /**
     * One-time prekeys made at a time. Other clients begin with 812; 50 are as many conversations begun before the server
     * asks for more, and cost a thousand sessions that are linked together two seconds instead of half a minute.
     */
    private static final int BATCH = 50;

    private final Shared shared;
    private final Owner owner;
    private final Requests requests;
    private final Intake intake;
    private final Consumer<Node> line;
    private final Keyring keyring;
    private final Runnable online;
    private boolean active;
    private boolean offlineDone;
    private boolean done;
    private boolean uploading;

    /**
     * A startup not begun.
     *
     * @param online runs once, when everything is done
     */
    Startup(
            Shared shared,
            Owner owner,
            Requests requests,
            Intake intake,
            Keyring keyring,
            Consumer<Node> line,
            Runnable online) {
        this.shared = shared;
        this.owner = owner;
        this.requests = requests;
        this.intake = intake;
        this.line = line;
        this.keyring = keyring;
        this.online = online;
    }

    void begin() {
        Node count = encryptRequest("get").child(Node.empty("count")).build();
        ask(count, answer -> {
            if (answer instanceof Answer.Result result && count(result.iq()) < MIN_PREKEYS) {
                uploadPreKeys(this::activate);
            } else if (!(answer instanceof Answer.Lost)) {
                activate();
            }
        });
    }

    private static long count(Node result) {
        OptionalLong count =
                result.child("count").map(element -> element.number("value")).orElse(OptionalLong.empty());
        return count.orElse(MIN_PREKEYS); // a server that does not count does not want keys
    }

    /** The offline queue is through. */
    void offlineDone() {
        offlineDone = true;
        finish();
    }

    /** Makes one-time prekeys, stores them and only then uploads them: a key the server hands out must not get lost. */
    void uploadPreKeys(Runnable then) {
        if (uploading) {
            then.run();
            return;
        }
        uploading = true;
        Credentials before = keyring.get();
        List<PreKey> batch = PreKey.batch(before.nextPreKeyId(), BATCH, shared.random());
        Credentials after =
                before.withNextPreKeyId(PreKey.nextId(batch.getLast().id()));
        keyring.change(after);
        List<Change> changes = new ArrayList<>();
        changes.add(after.put());
        batch.forEach(key -> changes.add(put(key)));
        intake.add(
                changes,
                List.of(),
                () -> ask(upload(after.device(), batch), answer -> {
                    uploading = false;
                    if (answer instanceof Answer.Refused refused) {
                        log.warn("The server refused prekeys: {} {}", refused.code(), refused.text());
                    }
                    if (!(answer instanceof Answer.Lost)) {
                        then.run();
                    }
                }));
    }

    private void activate() {
        Node passive = Node.element("iq")
                .attribute("to", Jid.SERVER)
                .attribute("type", "set")
                .attribute("xmlns", "passive")
                .child(Node.empty("active"))
                .build();
        ask(passive, answer -> {
            if (answer instanceof Answer.Lost) {
                return;
            }
            if (!(answer instanceof Answer.Result)) {
                log.warn(
                        "The server did not confirm that we are active: {}",
                        answer.getClass().getSimpleName());
            }
            active = true;
            shared.timers().at(shared.clock().instant().plus(OFFLINE_PATIENCE), () -> owner.execute(this::offlineDone));
            finish();
        });
    }

    private void finish() {
        if (active && offlineDone && !done) {
            done = true;
            online.run();
        }
    }

    private void ask(Node iq, Consumer<Answer> then) {
        Exchange exchange = new Exchange() {
            @Override
            public void answered(Answer answer) {
                then.accept(answer);
            }
        };
        requests.send(new Request(iq, shared.clock().instant().plus(PATIENCE), exchange), line);
    }

    private static Change.Put put(PreKey key) {
        byte[] stored = StoredPreKey.newBuilder()
                .setId(key.id())
                .setPrivateKey(ByteString.copyFrom(key.keys().privateKey()))
                .build()
                .toByteArray();
        return new Change.Put(StateKind.PREKEY, Integer.toString(key.id()), stored);
    }

    private static Node upload(DeviceKeys keys, List<PreKey> batch) {
        Node.Builder list = Node.element("list");
        for (PreKey key : batch) {
            list.child(Node.element("key")
                    .child(Node.bytes("id", keyId(key.id())))
                    .child(Node.bytes("value", key.keys().publicKey())));
        }
        SignedPreKey signed = keys.signedPreKey();
        byte[] registration =
                ByteBuffer.allocate(4).putInt(keys.registrationId()).array();
        return encryptRequest("set")
                .child(Node.bytes("registration", registration))
                .child(Node.bytes("type", new byte[] {PublicKeys.TYPE}))
                .child(Node.bytes("identity", keys.identity().publicKey()))
                .child(list)
                .child(Node.element("skey")
                        .child(Node.bytes("id", keyId(signed.id())))
                        .child(Node.bytes("value", signed.keys().publicKey()))
                        .child(Node.bytes("signature", signed.signature())))
                .build();
    }

    private static byte[] keyId(int id) {
        return Arrays.copyOfRange(ByteBuffer.allocate(4).putInt(id).array(), 1, 4);
    }

    private static Node.Builder encryptRequest(String type) {
        return Node.element("iq")
                .attribute("to", Jid.SERVER)
                .attribute("type", type)
                .attribute("xmlns", "encrypt");
    }
}
