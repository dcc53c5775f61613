package io.greenfinch.simulator;

import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import io.greenfinch.protocol.curve.KeyPair;
import io.greenfinch.protocol.curve.SignedPreKey;
import io.greenfinch.protocol.noise.ResumingHandshake;
import io.greenfinch.protocol.noise.ServerKey;
import io.greenfinch.protocol.pairing.AppVersion;
import io.greenfinch.protocol.pairing.ClientHelloPayload;
import io.greenfinch.protocol.pairing.DeviceIdentity;
import io.greenfinch.protocol.pairing.DeviceRegistration;
import io.greenfinch.protocol.pairing.QrCode;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A companion for tests: keys, and after {@link #pair} an address, with which it can {@link #logIn} as often as it likes. */
final class TestCompanion {

    static final int REGISTRATION = 4711;

    private static final AppVersion VERSION =
            AppVersion.parse("2.3000.1043857760").orElseThrow();

    final SecureRandom random = new SecureRandom();
    final KeyPair identity = KeyPair.generate(random);
    final SignedPreKey signedPreKey = SignedPreKey.generate(1, identity, random);
    byte[] advSecret = new byte[32];
    KeyPair noiseKey = KeyPair.generate(random);
    private final URI url;
    private final byte[] rootKey;
    private @Nullable Jid pn;
    private @Nullable Jid lid;
    private byte @Nullable [] signedIdentity;

    TestCompanion(URI url, String rootKeyHex) {
        this.url = url;
        this.rootKey = HexFormat.of().parseHex(rootKeyHex);
        random.nextBytes(advSecret);
    }

    TestCompanion(Simulator simulator) {
        this(simulator.chatUrl(), simulator.rootKeyHex());
    }

    Jid pn() {
        return Objects.requireNonNull(pn, "not paired");
    }

    Jid lid() {
        return Objects.requireNonNull(lid, "not paired");
    }

    /** The proof that it belongs to its account, for messages that start a session. */
    byte[] signedIdentity() {
        return Objects.requireNonNull(signedIdentity, "not paired");
    }

    /** Connects without credentials. */
    TestSocket register(Optional<String> pushName) {
        DeviceRegistration device = DeviceRegistration.of(REGISTRATION, identity, signedPreKey, VERSION, "Test", 1);
        return connect(new ClientHelloPayload.Registration(VERSION, pushName, device).encode());
    }

    TestSocket connect(byte[] payload) {
        return TestSocket.connect(url, noiseKey, rootKey, Instant.now(Clock.systemUTC()), payload, random);
    }

    /** The QR code for a ref. */
    String qr(String ref) {
        return new QrCode(ref, noiseKey.publicKey(), identity.publicKey(), advSecret, "1").text();
    }

    /** Waits for refs and gives the QR code of the first one. */
    String firstQr(TestSocket socket) {
        Node pairDevice = socket.await(node -> node.child("pair-device").isPresent());
        socket.result(pairDevice);
        return qr(pairDevice
                .child("pair-device")
                .orElseThrow()
                .children("ref")
                .getFirst()
                .contentText());
    }

    /** Countersigns what pair-success brings and waits for the end of the connection. */
    void accept(TestSocket socket) {
        accept(socket, socket.await(node -> node.child("pair-success").isPresent()));
    }

    /** The same with the pair-success that came. */
    void accept(TestSocket socket, Node success) {
        sign(socket, success);
        awaitRestart(socket);
    }

    void awaitRestart(TestSocket socket) {
        socket.await(node -> node.tag().equals("stream:error") && node.is("code", "515"));
        socket.awaitClose();
    }

    /** Countersigns the pair-success that came. */
    void sign(TestSocket socket, Node success) {
        Node pairSuccess = success.child("pair-success").orElseThrow();
        byte[] signed = pairSuccess.child("device-identity").orElseThrow().content();
        DeviceIdentity.Acceptance acceptance = DeviceIdentity.accept(signed, advSecret, identity, random);
        if (!(acceptance instanceof DeviceIdentity.Acceptance.Accepted accepted)) {
            throw new AssertionError("the phone's signature is not right: " + acceptance);
        }
        Node device = pairSuccess.child("device").orElseThrow();
        pn = device.jid("jid").orElseThrow();
        lid = device.jid("lid").orElseThrow();
        signedIdentity = accepted.full();
        socket.send(Node.element("iq")
                .attribute("to", Jid.SERVER)
                .attribute("type", "result")
                .attribute("id", success.attribute("id").orElseThrow())
                .child(Node.element("pair-device-sign")
                        .child(Node.element("device-identity")
                                .attribute("key-index", accepted.keyIndex())
                                .bytes(accepted.reply())))
                .build());
    }

    /** Registers, lets the phone of {@code person} scan the code, countersigns. */
    TestCompanion pair(TestAdmin admin, String person) {
        TestSocket socket = register(Optional.empty());
        admin.scan(firstQr(socket), person);
        accept(socket);
        return this;
    }

    /** Connects with credentials and waits until it was told everything that waited. */
    TestSocket logIn() {
        TestSocket socket = tryLogIn();
        socket.await(node -> node.tag().equals("success"));
        socket.await(node -> node.tag().equals("ib") && node.child("offline").isPresent());
        return socket;
    }

    /** Connects with credentials, as one that knows the server's key. */
    TestSocket resume(ServerKey known, byte[] routing) {
        ResumingHandshake handshake = new ResumingHandshake(noiseKey, known, Instant.now(Clock.systemUTC()), random);
        return TestSocket.resume(url, handshake, routing, login());
    }

    /** Connects with credentials. */
    TestSocket tryLogIn() {
        return connect(login());
    }

    private byte[] login() {
        Jid me = pn();
        return new ClientHelloPayload.Login(VERSION, Long.parseLong(me.user()), me.device(), Optional.empty()).encode();
    }
}
