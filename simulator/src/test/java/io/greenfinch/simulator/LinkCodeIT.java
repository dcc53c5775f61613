package io.greenfinch.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import io.greenfinch.protocol.pairing.LinkCodeCompanion;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Linking by a code typed on the phone, over the real socket (specification §8). */
class LinkCodeIT {

    private static final String NUMBER = "15550001001";
    private static final String DISPLAY = "Chrome (Linux)";

    private final ShiftedClock clock = new ShiftedClock();
    private final Simulator simulator =
            Simulator.start(SimulatorSettings.defaults().withClock(clock));
    private final TestAdmin admin = new TestAdmin(simulator.adminUrl());
    private final TestCompanion companion = new TestCompanion(simulator);
    private TestSocket socket;

    @BeforeEach
    void register() {
        admin.done("/admin/people", "{\"name\":\"Anna\",\"phone\":\"" + NUMBER + "\"}");
        socket = connect(companion);
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    @Test
    void linksByTheTypedCodeAndLogsIn() {
        LinkCodeCompanion code = hello(NUMBER);
        CompletableFuture<TestAdmin.Answer> typing = type("Anna", code.code().characters());
        finish(code, awaitPrimaryHello());
        companion.accept(socket);

        TestAdmin.Answer answer = typing.join();
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.json().path("jid").asString()).isEqualTo(NUMBER + ":1@s.whatsapp.net");
        assertThat(answer.json().path("phone").asString()).isEqualTo(NUMBER);
        companion.logIn();
        assertThat(type("Anna", code.code().characters()).join().status())
                .as("used up")
                .isEqualTo(404);
    }

    @Test
    void dashesAndCaseOfWhatIsTypedDoNotMatter() {
        LinkCodeCompanion code = hello(NUMBER);
        String characters = code.code().characters();
        String shown = characters.substring(0, 4) + "-" + characters.substring(4);
        CompletableFuture<TestAdmin.Answer> typing = type("+" + NUMBER, shown.toLowerCase(Locale.ROOT));
        finish(code, awaitPrimaryHello());

        assertThat(typing.join().status()).isEqualTo(200);
    }

    @Test
    void theThirdWrongCodeMakesItVoid() {
        LinkCodeCompanion code = hello(NUMBER);
        for (int left = 2; left >= 0; left--) {
            CompletableFuture<TestAdmin.Answer> typing = type("Anna", "11111111");
            finish(code, awaitPrimaryHello());
            assertThat(typing.join().status()).isEqualTo(403);
            assertThat(typing.join().error()).contains(left > 0 ? "tries left: " + left : "now it is void");
        }

        assertThat(type("Anna", code.code().characters()).join().status()).isEqualTo(404);
        assertThat(admin.get("/admin/people/Anna").json().path("devices").size())
                .isZero();
    }

    @Test
    void aCodeExpiresAfterThreeMinutes() {
        LinkCodeCompanion code = hello(NUMBER);
        clock.forward(Duration.ofMinutes(3));

        TestAdmin.Answer answer = type("Anna", code.code().characters()).join();
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.error()).contains("expired");
    }

    @Test
    void onlyTheNewestCodeOfAnAccountIsGood() {
        LinkCodeCompanion old = hello(NUMBER);
        LinkCodeCompanion fresh = hello(NUMBER);
        CompletableFuture<TestAdmin.Answer> typing = type("Anna", old.code().characters());
        finish(fresh, awaitPrimaryHello());
        assertThat(typing.join().status()).isEqualTo(403);

        typing = type("Anna", fresh.code().characters());
        finish(fresh, awaitPrimaryHello());
        assertThat(typing.join().status()).isEqualTo(200);
    }

    @Test
    void aCodeGoesWithItsConnection() {
        LinkCodeCompanion code = hello(NUMBER);
        CompletableFuture<TestAdmin.Answer> typing = type("Anna", code.code().characters());
        awaitPrimaryHello();
        socket.abort();

        assertThat(typing.join().status()).isEqualTo(404);
        assertThat(type("Anna", code.code().characters()).join().status()).isEqualTo(404);
    }

    @Test
    void refusesHellosThatTheRealServiceWouldRefuse() {
        LinkCodeCompanion code = new LinkCodeCompanion(companion.random);
        byte[] noise = companion.noiseKey.publicKey();
        assertThat(refusal(hello(NUMBER, code.hello(), noise, "Greenfinch"))).isEqualTo("400");
        assertThat(refusal(hello(NUMBER, new byte[79], noise, DISPLAY))).isEqualTo("400");
        assertThat(refusal(hello(NUMBER, code.hello(), new byte[32], DISPLAY))).isEqualTo("400");
        assertThat(refusal(hello("15559999999", code.hello(), noise, DISPLAY))).isEqualTo("404");
        assertThat(refusal(Node.element("link_code_companion_reg")
                        .attribute("jid", Jid.pn(NUMBER))
                        .attribute("stage", "companion_finish")))
                .isEqualTo("404");
        assertThat(refusal(Node.element("link_code_companion_reg"))).isEqualTo("400");
    }

    @Test
    void tooManyCodesForOneNumberAreRefusedForAWhile() {
        byte[] noise = companion.noiseKey.publicKey();
        byte[] wrapped = new LinkCodeCompanion(companion.random).hello();
        for (int i = 0; i < 10; i++) {
            assertThat(ask(hello(NUMBER, wrapped, noise, DISPLAY)).is("type", "result"))
                    .isTrue();
        }
        assertThat(refusal(hello(NUMBER, wrapped, noise, DISPLAY))).isEqualTo("429");

        clock.forward(Duration.ofMinutes(3));
        assertThat(ask(hello(NUMBER, wrapped, noise, DISPLAY)).is("type", "result"))
                .isTrue();
    }

    @Test
    void whatIsTypedMustMakeSense() {
        assertThat(type("Anna", "nonsense!").join().status()).isEqualTo(400);
        assertThat(type("Nobody", "11111111").join().status()).isEqualTo(404);
        assertThat(type("Anna", "11111111").join().error()).contains("no companion waits");
        assertThat(admin.post("/admin/mock-phone/enter-code", "{\"person\":\"Anna\"}")
                        .status())
                .isEqualTo(400);
    }

    private static TestSocket connect(TestCompanion device) {
        TestSocket opened = device.register(Optional.empty());
        device.firstQr(opened);
        return opened;
    }

    private static Node.Builder hello(String number, byte[] wrapped, byte[] noise, String display) {
        return Node.element("link_code_companion_reg")
                .attribute("jid", Jid.pn(number))
                .attribute("stage", "companion_hello")
                .attribute("should_show_push_notification", "true")
                .child(Node.bytes("link_code_pairing_wrapped_companion_ephemeral_pub", wrapped))
                .child(Node.bytes("companion_server_auth_key_pub", noise))
                .child(Node.text("companion_platform_id", "1"))
                .child(Node.text("companion_platform_display", display))
                .child(Node.bytes("link_code_pairing_nonce", new byte[1]));
    }

    private Node ask(Node.Builder registration) {
        return socket.request(Jid.SERVER, "set", "md", registration.build());
    }

    private String refusal(Node.Builder registration) {
        return ask(registration).child("error").orElseThrow().attribute("code").orElseThrow();
    }

    /** Asks for a code to be typed on the phone with this number. */
    private LinkCodeCompanion hello(String number) {
        LinkCodeCompanion code = new LinkCodeCompanion(companion.random);
        Node answer = ask(hello(number, code.hello(), companion.noiseKey.publicKey(), DISPLAY));
        assertThat(answer.child("link_code_companion_reg").orElseThrow().child("link_code_pairing_ref"))
                .isPresent();
        return code;
    }

    private CompletableFuture<TestAdmin.Answer> type(String person, String code) {
        String body = "{\"person\":\"" + person + "\",\"code\":\"" + code + "\"}";
        return CompletableFuture.supplyAsync(() -> admin.post("/admin/mock-phone/enter-code", body));
    }

    private Node awaitPrimaryHello() {
        return socket.await(node -> node.is("type", "link_code_companion_reg"))
                .child("link_code_companion_reg")
                .orElseThrow();
    }

    private void finish(LinkCodeCompanion code, Node hello) {
        LinkCodeCompanion.Finish finish = code.finish(
                        hello.child("link_code_pairing_wrapped_primary_ephemeral_pub")
                                .orElseThrow()
                                .content(),
                        hello.child("primary_identity_pub").orElseThrow().content(),
                        companion.identity)
                .orElseThrow();
        companion.advSecret = finish.advSecret();
        Node answer = ask(Node.element("link_code_companion_reg")
                .attribute("jid", Jid.pn(NUMBER))
                .attribute("stage", "companion_finish")
                .child(Node.bytes("link_code_pairing_wrapped_key_bundle", finish.bundle()))
                .child(Node.bytes("companion_identity_public", companion.identity.publicKey()))
                .child(hello.child("link_code_pairing_ref").orElseThrow()));
        assertThat(answer.is("type", "result")).isTrue();
    }
}
