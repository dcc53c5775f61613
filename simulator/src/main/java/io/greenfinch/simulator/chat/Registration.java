package io.greenfinch.simulator.chat;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import io.greenfinch.protocol.curve.KeyPair;
import io.greenfinch.protocol.pairing.ClientHelloPayload;
import io.greenfinch.protocol.pairing.DeviceIdentity;
import io.greenfinch.protocol.pairing.DeviceRegistration;
import io.greenfinch.protocol.pairing.QrCode;
import io.greenfinch.protocol.proto.AdvSignedDeviceIdentity;
import io.greenfinch.simulator.account.Companion;
import io.greenfinch.simulator.account.CompanionDetails;
import io.greenfinch.simulator.account.CompanionKeys;
import io.greenfinch.simulator.account.PreKeyStock;
import io.greenfinch.simulator.account.PublicSignedPreKey;
import io.greenfinch.simulator.account.SimulatedAccount;
import io.greenfinch.simulator.chat.PairingDesk.ScanResult;
import io.greenfinch.simulator.group.ServiceRefusal;
import io.greenfinch.simulator.request.IqAnswer;
import io.greenfinch.simulator.stanza.ServerStanzas;
import io.greenfinch.simulator.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A companion without credentials that wants to be linked (specification §7): it is given refs for its QR code, and when a phone scanned
 * one, the proof that it belongs to the account; when it countersigned, it is told to connect again, now with credentials. Guarded by the
 * world's lock.
 */
final class Registration implements Stream {

    private static final Logger log = LoggerFactory.getLogger(Registration.class);
    private static final int RESTART = 515;

    /** Pings, and what clients tell of themselves: the service takes that from anybody. */
    private static final Set<String> UNASKED = Set.of("w:p", "w:stats");

    /** The service takes its time: a client that does not wait must have what it needs all the same. */
    private static final Duration BEFORE_RESTART = Duration.ofMillis(300);

    private final ChatService service;
    private final ConnectionWriter writer;
    private final byte[] noiseKey;
    private final DeviceRegistration companion;
    private final Optional<String> pushName;
    private final Instant start;
    private final LinkCodeIqs linkCodes;
    private final PasskeyIqs passkeys;
    private String[] refs = {};
    private @Nullable Offer offer;
    private boolean spared;
    private boolean over;

    Registration(
            ChatService service, ConnectionWriter writer, byte[] noiseKey, ClientHelloPayload.Registration payload) {
        this.service = service;
        this.writer = writer;
        this.noiseKey = noiseKey;
        this.companion = payload.device();
        this.pushName = payload.pushName();
        this.start = service.world().clock().instant();
        this.linkCodes = new LinkCodeIqs(service.world(), service.pairing().codes(), this);
        this.passkeys = new PasskeyIqs(service.world(), this);
    }

    /** What the phone offered and the companion has not countersigned yet. */
    private record Offer(String iq, SimulatedAccount account, int device, int keyIndex) {}

    /** Sends the refs. */
    void begin() {
        refs = service.pairing().open(this);
        Node.Builder pairDevice = Node.element("pair-device");
        Arrays.stream(refs).forEach(ref -> pairDevice.child(Node.text("ref", ref)));
        writer.send(ServerStanzas.request(service.nextId(), "set", "md")
                .child(pairDevice)
                .build());
        service.timer().after(service.settings().refs().end(), this::expire);
    }

    private void expire() {
        service.world().change(() -> {
            if (!over && passkeys.demanded() && !spared) {
                spared = true;
                service.timer().after(PasskeyIqs.LIFE, this::expire);
            } else if (!over && offer == null) {
                finish();
                writer.end();
                service.flushLater(writer);
            }
        });
    }

    Optional<String> pushName() {
        return pushName;
    }

    /** Whether the time of this ref, or the whole registration, is over. */
    boolean expired(String ref) {
        int index = Arrays.asList(refs).indexOf(ref);
        return over
                || service.world()
                        .clock()
                        .instant()
                        .isAfter(start.plus(service.settings().refs().end(index)));
    }

    /** Whether a code has the keys that this companion proved or declared to have. */
    boolean shows(QrCode code) {
        return Arrays.equals(code.noiseKey(), noiseKey) && Arrays.equals(code.identityKey(), companion.identityKey());
    }

    /** Whether this is the key of the companion's connection. */
    boolean connectsWith(byte[] key) {
        return Arrays.equals(key, noiseKey);
    }

    /** Whether this is the identity that the companion registered with. */
    boolean isFrom(byte[] identity) {
        return Arrays.equals(identity, companion.identityKey());
    }

    /** Tells the companion that a code was typed on the phone (specification §8). */
    void primaryHello(byte[] ref, byte[] wrappedKey, byte[] phoneIdentity) {
        writer.send(Node.element("notification")
                .attribute("from", Jid.SERVER)
                .attribute("type", "link_code_companion_reg")
                .attribute("id", service.nextId())
                .attribute("t", service.world().seconds())
                .child(Node.element("link_code_companion_reg")
                        .attribute("stage", "primary_hello")
                        .child(Node.bytes("link_code_pairing_ref", ref))
                        .child(Node.bytes("link_code_pairing_wrapped_primary_ephemeral_pub", wrappedKey))
                        .child(Node.bytes("primary_identity_pub", phoneIdentity)))
                .build());
        service.flushLater(writer);
    }

    /** The phone of {@code account} takes this companion in: it signs under their secret, the server passes that on. */
    ScanResult offer(SimulatedAccount account, byte[] advSecret) {
        if (offer != null) {
            return new ScanResult.Refused(PairingDesk.Problem.CONFLICT, "a phone took this companion in already");
        }
        if (account.passkeyDemanded()) {
            send(id -> passkeys.demand(account, advSecret, id));
            return new ScanResult.Refused(
                    PairingDesk.Problem.CONFLICT,
                    "the service demands a passkey of " + account.displayName() + ", and the companion was told so");
        }
        return takeIn(account, advSecret);
    }

    /** The same, once the owner has proved themself as far as the service wants them to. */
    ScanResult takeIn(SimulatedAccount account, byte[] advSecret) {
        World world = service.world();
        int number = account.takeDevice();
        int keyIndex = account.takeKeyIndex();
        byte[] identity = DeviceIdentity.issue(
                account.phone().keys().identity(),
                companion.identityKey(),
                advSecret,
                account.phone().keys().rawId(),
                world.clock().instant(),
                keyIndex,
                world.random(),
                account.hosted());
        String id = service.nextId();
        Jid pn = account.pn().withDevice(number);
        Jid lid = account.lid().withDevice(number);
        offer = new Offer(id, account, number, keyIndex);
        writer.send(ServerStanzas.request(id, "set", "md")
                .attribute("t", world.seconds())
                .child(Node.element("pair-success")
                        .child(Node.bytes("device-identity", identity))
                        .child(Node.element("device").attribute("jid", pn).attribute("lid", lid))
                        .child(Node.element("platform").attribute("name", "android")))
                .build());
        service.flushLater(writer);
        return new ScanResult.Sent(account, pn.toString(), lid.toString());
    }

    /** Sends something under an id of its own. */
    void send(Function<String, Node> stanza) {
        writer.send(stanza.apply(service.nextId()));
        service.flushLater(writer);
    }

    @Override
    public boolean changes(Node stanza) {
        return stanza.tag().equals("iq");
    }

    @Override
    public void received(Node stanza, long received) {
        if (stanza.tag().equals("ack")) {
            return;
        }
        if (!stanza.tag().equals("iq")) {
            log.info("a companion that is not linked yet sent {}", stanza);
            return;
        }
        Offer open = offer;
        String type = stanza.attribute("type").orElse("");
        boolean answer = type.equals("result") || type.equals("error");
        if (answer && open != null && stanza.is("id", open.iq())) {
            answered(stanza, open);
        } else if (!answer) {
            request(stanza);
        }
    }

    /** Nobody is logged in here: apart from keep-alives, only the linking itself can be asked for. */
    private void request(Node iq) {
        Optional<Node> linkCode =
                iq.is("xmlns", "md") && iq.is("type", "set") ? iq.child("link_code_companion_reg") : Optional.empty();
        Optional<PairingReply> linking = linkCode.map(linkCodes::answer).or(() -> passkeys.answer(iq));
        if (linking.isPresent()) {
            writer.send(linking.get().answer().stanza(iq, service.world().seconds()));
            linking.get().then().run();
            return;
        }
        IqAnswer answer = UNASKED.contains(iq.attribute("xmlns").orElse(""))
                ? IqAnswer.result()
                : IqAnswer.refused(ServiceRefusal.NOT_AUTHORIZED);
        writer.send(answer.stanza(iq, service.world().seconds()));
    }

    private void answered(Node answer, Offer open) {
        byte[] reply = answer.child("pair-device-sign")
                .flatMap(sign -> sign.child("device-identity"))
                .map(Node::content)
                .orElse(new byte[0]);
        KeyPair accountKey = open.account().phone().keys().identity();
        finish();
        if (!answer.is("type", "result")
                || !DeviceIdentity.verify(reply, accountKey.publicKey(), companion.identityKey())) {
            log.warn("a companion did not countersign its identity: {}", answer);
            writer.end(ServerStanzas.failure(ServiceRefusal.NOT_AUTHORIZED.code()));
            return;
        }
        Companion linked = open.account()
                .link(new CompanionDetails(
                        open.device(),
                        open.keyIndex(),
                        new CompanionKeys(noiseKey, companion.identityKey(), companion.registrationId()),
                        new PublicSignedPreKey(
                                companion.signedPreKeyId(),
                                companion.signedPreKey(),
                                companion.signedPreKeySignature()),
                        complete(reply, accountKey),
                        companion.os(),
                        new PreKeyStock()));
        service.world().linked(linked);
        service.timer()
                .after(
                        BEFORE_RESTART,
                        () -> service.world().note(() -> {
                            writer.end(ServerStanzas.streamError(RESTART));
                            service.flushLater(writer);
                        }));
    }

    /** The identity as others get to see it: with the account's key, which the companion's reply leaves out. */
    private static byte[] complete(byte[] reply, KeyPair accountKey) {
        try {
            return AdvSignedDeviceIdentity.parseFrom(reply).toBuilder()
                    .setAccountSignatureKey(ByteString.copyFrom(accountKey.publicKey()))
                    .build()
                    .toByteArray();
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("an identity that was verified can't be read", e);
        }
    }

    private void finish() {
        over = true;
        passkeys.closed();
        service.pairing().close(refs);
        service.pairing().codes().close(this);
    }

    @Override
    public void closed() {
        finish();
    }

    @Override
    public String name() {
        return "";
    }
}
