package io.greenfinch.simulator;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import io.greenfinch.protocol.curve.KeyPair;
import io.greenfinch.protocol.proto.AdvEncryptionType;
import io.greenfinch.protocol.proto.AdvSignedDeviceIdentityHmac;
import io.greenfinch.simulator.chat.ChatSettings;
import io.greenfinch.simulator.chat.RefSchedule;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Registration, pairing, login and the end of a session over the real socket. */
class QrPairingIT {

    private final Simulator simulator = Simulator.start(SimulatorSettings.defaults());
    private final TestAdmin admin = new TestAdmin(simulator.adminUrl());

    @AfterEach
    void stop() {
        simulator.close();
    }

    @Test
    void pairsByQrCodeAndLogsIn() {
        TestCompanion companion = new TestCompanion(simulator).pair(admin, "Anna");
        assertThat(companion.pn().toString()).isEqualTo("15550001001:1@s.whatsapp.net");
        assertThat(companion.lid().user()).hasSize(15);

        TestSocket socket = companion.tryLogIn();
        Node success = socket.await(node -> node.tag().equals("success"));
        assertThat(success.jid("lid")).contains(companion.lid());
        assertThat(success.number("t")).isPresent();
        Node offline = socket.await(node -> node.tag().equals("ib"));
        assertThat(offline.child("offline").orElseThrow().is("count", "0")).isTrue();
        assertThat(socket.isAlive()).isTrue();
    }

    @Test
    void tellsOfDevicesThatAreLinkedAndUnlinked() {
        List<DeviceChange> told = new CopyOnWriteArrayList<>();
        simulator.onDevice(told::add);

        TestCompanion companion = new TestCompanion(simulator).pair(admin, "Anna");
        String jid = companion.pn().toString();
        admin.delete("/admin/devices/" + jid);

        await().untilAsserted(() -> assertThat(told)
                .extracting(DeviceChange::person, DeviceChange::jid, DeviceChange::linked)
                .containsExactly(tuple("Anna", jid, true), tuple("Anna", jid, false)));
    }

    @Test
    void scansThePictureOfACodeInEveryFormInWhichItIsGiven() throws Exception {
        for (UnaryOperator<byte[]> form : List.<UnaryOperator<byte[]>>of(
                png -> png,
                png -> Base64.getEncoder().encode(png),
                png -> ("{\"type\":\"qrCode\",\"message\":\""
                                + Base64.getEncoder().encodeToString(png) + "\"}")
                        .getBytes(US_ASCII))) {
            TestCompanion companion = new TestCompanion(simulator);
            TestSocket socket = companion.register(Optional.of("Anna"));
            byte[] png = TestQr.png(companion.firstQr(socket));

            assertThat(admin.post("/admin/mock-phone/scan-qr", form.apply(png)).status())
                    .isEqualTo(200);
            companion.accept(socket);
        }
        byte[] blank = TestQr.blank();
        assertThat(admin.post("/admin/mock-phone/scan-qr", blank).error())
                .isEqualTo("there is no QR code in this picture");
        assertThat(admin.post("/admin/mock-phone/scan-qr", Arrays.copyOf(blank, 30))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void pairsWithAnAccountWhoseKeysAreHeldByABusinessHost() throws Exception {
        admin.done("/admin/people", "{\"name\":\"Shop\",\"hosted\":true}");
        TestCompanion companion = new TestCompanion(simulator);
        TestSocket socket = companion.register(Optional.empty());
        admin.scan(companion.firstQr(socket), "Shop");
        Node pairSuccess = socket.await(node -> node.child("pair-success").isPresent());
        byte[] identity = pairSuccess
                .child("pair-success")
                .flatMap(success -> success.child("device-identity"))
                .orElseThrow()
                .content();
        assertThat(AdvSignedDeviceIdentityHmac.parseFrom(identity).getAccountType())
                .isEqualTo(AdvEncryptionType.HOSTED);
        companion.accept(socket, pairSuccess);
        companion.logIn();
        assertThat(admin.get("/admin/people/Shop").json().path("hosted").asBoolean())
                .isTrue();
    }

    @Test
    void demandsAPasskeyInsteadOfLinkingUntilToldOtherwise() {
        admin.person("Anna");
        admin.done("/admin/people/Anna/passkey", "{}");
        TestCompanion companion = new TestCompanion(simulator);
        TestSocket socket = companion.register(Optional.empty());
        String qr = companion.firstQr(socket);
        assertThat(admin.post("/admin/mock-phone/scan-qr?acc=Anna", qr).status())
                .isEqualTo(409);
        Node demand = socket.await(node -> node.is("type", "passkey_prologue_request"));
        assertThat(demand.child("passkey_request_options").orElseThrow().contentText())
                .contains("challenge", "allowCredentials", "whatsapp.com");
        assertThat(admin.get("/admin/people/Anna").json().path("passkey").asBoolean())
                .isTrue();

        admin.done("/admin/people/Anna/passkey", "{\"demanded\":false}");
        admin.scan(qr, "Anna");
        companion.accept(socket);
    }

    @Test
    void choosesTheAccountByThePushNameOfTheRegistration() {
        TestCompanion first = new TestCompanion(simulator);
        TestSocket socket = first.register(Optional.of("alice"));
        assertThat(admin.post("/admin/mock-phone/scan-qr", first.firstQr(socket))
                        .status())
                .isEqualTo(200);
        first.accept(socket);
        TestCompanion second = new TestCompanion(simulator);
        TestSocket again = second.register(Optional.of("alice"));
        admin.post("/admin/mock-phone/scan-qr", second.firstQr(again));
        second.accept(again);

        assertThat(second.pn()).isEqualTo(first.pn().withDevice(2));
        assertThat(admin.get("/admin/people/alice").json().path("devices").size())
                .isEqualTo(2);
    }

    @Test
    void twoCompanionsThatPairAtTheSameTimeAreTwo() {
        TestCompanion first = new TestCompanion(simulator);
        TestSocket one = first.register(Optional.empty());
        TestCompanion second = new TestCompanion(simulator);
        TestSocket other = second.register(Optional.empty());
        admin.scan(first.firstQr(one), "Anna");
        admin.scan(second.firstQr(other), "Anna");
        second.accept(other);
        first.accept(one);

        assertThat(second.pn()).isEqualTo(first.pn().withDevice(2));
        assertThat(admin.get("/admin/people/Anna").json().path("devices").size())
                .isEqualTo(2);
        first.logIn();
        second.logIn();
    }

    @Test
    void refusesCodesThatNobodyShowsOrThatWereTamperedWith() {
        TestCompanion companion = new TestCompanion(simulator);
        TestSocket socket = companion.register(Optional.empty());
        String qr = companion.firstQr(socket);
        assertThat(admin.post("/admin/mock-phone/scan-qr", "nonsense").status()).isEqualTo(400);
        assertThat(admin.post("/admin/mock-phone/scan-qr", companion.qr("2@stranger"))
                        .status())
                .isEqualTo(404);
        String otherKeys = new TestCompanion(simulator).qr(qr.substring(qr.indexOf("2@"), qr.indexOf(',')));
        assertThat(admin.post("/admin/mock-phone/scan-qr", otherKeys).status()).isEqualTo(400);
        assertThat(admin.post("/admin/mock-phone/scan-qr?acc=Anna", qr).status())
                .isEqualTo(200);
        assertThat(admin.post("/admin/mock-phone/scan-qr?acc=Anna", qr).status())
                .isEqualTo(409);
        companion.accept(socket);
        assertThat(admin.post("/admin/mock-phone/scan-qr?acc=Anna", qr).status())
                .isEqualTo(404);
    }

    @Test
    void endsARegistrationWhoseRefsAreUsedUp() {
        RefSchedule brief = new RefSchedule(2, Duration.ofMillis(100), Duration.ofMillis(100), Duration.ZERO);
        try (Simulator impatient = Simulator.start(
                SimulatorSettings.defaults().withChat(ChatSettings.defaults().with(brief)))) {
            TestCompanion companion = new TestCompanion(impatient);
            TestSocket socket = companion.register(Optional.empty());
            String qr = companion.firstQr(socket);
            socket.awaitClose();
            assertThat(new TestAdmin(impatient.adminUrl())
                            .post("/admin/mock-phone/scan-qr", qr)
                            .status())
                    .isEqualTo(404);
        }
    }

    @Test
    void doesNotLinkACompanionThatDoesNotCountersign() {
        TestCompanion companion = new TestCompanion(simulator);
        TestSocket socket = companion.register(Optional.empty());
        admin.scan(companion.firstQr(socket), "Anna");
        Node success = socket.await(node -> node.child("pair-success").isPresent());
        socket.send(Node.element("iq")
                .attribute("to", Jid.SERVER)
                .attribute("type", "result")
                .attribute("id", success.attribute("id").orElseThrow())
                .child(Node.element("pair-device-sign").child(Node.bytes("device-identity", new byte[] {1, 2, 3})))
                .build());
        assertThat(socket.await(node -> node.tag().equals("failure")).is("reason", "401"))
                .isTrue();
        socket.awaitClose();
        assertThat(admin.get("/admin/people/Anna").json().path("devices").size())
                .isZero();
    }

    @Test
    void refusesALoginWithAnotherNoiseKey() {
        TestCompanion companion = new TestCompanion(simulator).pair(admin, "Anna");
        companion.noiseKey = KeyPair.generate(companion.random);
        TestSocket socket = companion.tryLogIn();
        assertThat(socket.await(node -> node.tag().equals("failure")).is("reason", "401"))
                .isTrue();
        socket.awaitClose();
    }

    @Test
    void replacesTheOlderOfTwoConnectionsOfACompanion() {
        TestCompanion companion = new TestCompanion(simulator).pair(admin, "Anna");
        TestSocket older = companion.logIn();
        TestSocket newer = companion.logIn();
        Node error = older.await(node -> node.tag().equals("stream:error"));
        assertThat(error.child("conflict").orElseThrow().is("type", "replaced")).isTrue();
        older.awaitClose();
        assertThat(newer.isAlive()).isTrue();
        assertThat(admin.get("/admin/people/Anna")
                        .json()
                        .at("/devices/0/connected")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void unlinksACompanionThatAsksForIt() {
        TestCompanion companion = new TestCompanion(simulator).pair(admin, "Anna");
        TestSocket socket = companion.logIn();
        Node answer = socket.request(
                Jid.SERVER,
                "set",
                "md",
                Node.element("remove-companion-device")
                        .attribute("jid", companion.pn())
                        .attribute("reason", "user_initiated")
                        .build());
        assertThat(answer.is("type", "result")).isTrue();
        Node error = socket.await(node -> node.tag().equals("stream:error"));
        assertThat(error.is("code", "401")).isTrue();
        assertThat(error.child("conflict").orElseThrow().is("type", "device_removed"))
                .isTrue();
        socket.awaitClose();
        assertThat(companion
                        .tryLogIn()
                        .await(node -> node.tag().equals("failure"))
                        .is("reason", "401"))
                .isTrue();
    }

    @Test
    void unlinksACompanionFromThePhone() {
        TestCompanion online = new TestCompanion(simulator).pair(admin, "Anna");
        TestCompanion offline = new TestCompanion(simulator).pair(admin, "Anna");
        TestSocket socket = online.logIn();
        assertThat(admin.delete("/admin/devices/" + online.pn()).status()).isEqualTo(204);
        assertThat(admin.delete("/admin/devices/" + offline.pn()).status()).isEqualTo(204);
        assertThat(admin.delete("/admin/devices/" + offline.pn()).status()).isEqualTo(404);
        assertThat(socket.await(node -> node.tag().equals("stream:error")).is("code", "401"))
                .isTrue();
        assertThat(offline.tryLogIn()
                        .await(node -> node.tag().equals("failure"))
                        .is("reason", "401"))
                .isTrue();
    }

    @Test
    void acceptsStanzasInPieces() {
        TestSocket socket = new TestCompanion(simulator).pair(admin, "Anna").logIn();
        socket.sendInPieces(
                Node.element("iq")
                        .attribute("to", Jid.SERVER)
                        .attribute("type", "get")
                        .attribute("xmlns", "w:p")
                        .attribute("id", "pieces")
                        .child(Node.empty("ping"))
                        .build(),
                3);
        assertThat(socket.await(node -> node.is("id", "pieces")).is("type", "result"))
                .isTrue();
    }

    /** The service says only later that it is time to connect anew. */
    @Test
    void aClientThatDoesNotWaitForTheRestartIsLinkedAllTheSame() {
        TestCompanion anna = new TestCompanion(simulator);
        TestSocket socket = anna.register(Optional.empty());
        admin.scan(anna.firstQr(socket), "Anna");
        anna.sign(socket, socket.await(node -> node.child("pair-success").isPresent()));
        long signed = System.nanoTime();
        anna.awaitRestart(socket);

        assertThat(Duration.ofNanos(System.nanoTime() - signed)).isGreaterThan(Duration.ofMillis(250));

        admin.person("Bob");
        TestCompanion bob = new TestCompanion(simulator);
        TestSocket hasty = bob.register(Optional.empty());
        admin.scan(bob.firstQr(hasty), "Bob");
        bob.sign(hasty, hasty.await(node -> node.child("pair-success").isPresent()));
        await().atMost(TestSocket.PATIENCE)
                .until(() ->
                        admin.get("/admin/people/Bob").json().path("devices").size() == 1);
        hasty.abort();
        assertThat(bob.logIn().isAlive()).isTrue();
    }

    @Test
    void answersNothingToWhoIsNotLinked() {
        TestSocket socket = new TestCompanion(simulator).register(Optional.empty());
        Node answer = socket.request(
                Jid.GROUP_SERVER, "get", "w:g2", Node.element("participating").build());
        assertThat(answer.child("error").orElseThrow().is("code", "401")).isTrue();
    }
}
