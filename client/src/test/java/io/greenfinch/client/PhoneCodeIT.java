package io.greenfinch.client;

import static io.greenfinch.client.SessionFixture.calling;
import static io.greenfinch.client.SessionFixture.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.greenfinch.client.SessionStatus.Phase;
import io.greenfinch.protocol.binary.Node;
import io.greenfinch.protocol.pairing.ClientHelloPayload;
import io.greenfinch.protocol.pairing.LinkCode;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Linking by a code that is typed on the phone (specification §8). */
final class PhoneCodeIT extends PairingScript {

    private static final String NUMBER = FakePhone.PN.user();

    @BeforeEach
    void takeHellos() {
        fixture.server.script(FakePhone::helloAnswer);
    }

    @Test
    void linksByACodeTypedOnThePhoneAndComesOnline() {
        PhoneCode.Code code = code();
        assertThat(code.characters()).matches("[1-9A-HJ-NP-TV-Z]{8}");
        FakeConnection connection = fixture.server.last();
        assertThat(fixture.server.phone.type(connection, code.characters())).isTrue();
        connection.send(fixture.server.phone.pairSuccess(connection, fixture.clock.instant()));
        until(() -> signed(connection));
        connection.send(Node.element("stream:error").attribute("code", 515).build());
        connection.close();

        fixture.awaitOnline();
        assertThat(fixture.session().account().status().account())
                .hasValueSatisfying(account -> assertThat(account.pn()).isEqualTo(FakePhone.PN));
        assertThat(fixture.session().account().phoneCode(NUMBER, fixture.soon()))
                .isEqualTo(new PhoneCode.AlreadyLinked());
        fixture.restart();
        fixture.awaitOnline();
    }

    @Test
    void saysHelloWithItsNoiseKeyAndADisplayThatTheServiceTakes() {
        code();

        Node hello = hellos().getFirst();
        assertThat(hello.jid("jid").orElseThrow()).isEqualTo(FakePhone.PN.account());
        assertThat(hello.is("should_show_push_notification", "true")).isTrue();
        assertThat(hello.child("link_code_pairing_wrapped_companion_ephemeral_pub")
                        .orElseThrow()
                        .content())
                .hasSize(LinkCode.WRAPPED_LENGTH);
        assertThat(hello.child("companion_platform_display").orElseThrow().contentText())
                .matches("[A-Za-z]+ \\([A-Za-z]+\\)");
        assertThat(hello.child("companion_platform_id").orElseThrow().contentText())
                .matches("[0-9]");
    }

    @Test
    void aWrongCodeLeavesTheAttemptOpenForTheRightOne() {
        PhoneCode.Code code = code();
        FakeConnection connection = fixture.server.last();

        assertThat(fixture.server.phone.type(connection, "11111111")).isFalse();
        assertThat(fixture.session().account().status().phase()).isEqualTo(Phase.PAIRING);
        assertThat(fixture.server.phone.type(connection, code.characters())).isTrue();
        connection.send(fixture.server.phone.pairSuccess(connection, fixture.clock.instant()));

        until(() -> signed(connection));
    }

    @Test
    void whoDoesNotKnowTheCodeCanNotTakeUsIn() {
        code();
        FakeConnection connection = fixture.server.last();
        assertThat(fixture.server.phone.type(connection, "11111111")).isFalse();
        connection.send(fixture.server.phone.pairSuccess(connection, fixture.clock.instant()));

        Node refusal = fixture.awaitStanza(node -> node.is("type", "error"));
        assertThat(refusal.child("error").orElseThrow().attribute("code")).hasValue("401");
        until(() -> fixture.session().account().status().phase() == Phase.UNLINKED);
        assertThat(fixture.sink.events).isEmpty();
    }

    @Test
    void anExpiredCodeIsNotAnswered() {
        PhoneCode.Code code = code();
        FakeConnection connection = fixture.server.last();
        assertThat(Duration.between(fixture.clock.instant(), code.until()))
                .isBetween(Duration.ofSeconds(150), Duration.ofSeconds(180));
        fixture.clock.set(code.until());
        typeInVain(connection, code);
        assertThat(code().characters()).as("a new one").isNotEqualTo(code.characters());
    }

    @Test
    void aCodeThatTheServiceCallsVoidIsNotAnswered() {
        PhoneCode.Code code = code();
        FakeConnection connection = fixture.server.last();
        connection.send(FakePhone.notification(
                "link_code_companion_reg",
                Node.element("link_code_companion_reg").attribute("stage", "refresh_code")));
        typeInVain(connection, code);
    }

    @Test
    void eachRequestGetsANewCodeAndTheOldOneIsVoid() {
        PhoneCode.Code first = code();
        PhoneCode.Code second = code();
        FakeConnection connection = fixture.server.last();
        assertThat(fixture.server.connections()).hasSize(1);
        assertThat(second.characters()).isNotEqualTo(first.characters());

        assertThat(fixture.server.phone.type(connection, first.characters())).isFalse();
        assertThat(fixture.server.phone.type(connection, second.characters())).isTrue();
    }

    @Test
    void aCodeIsAskedForOnANewConnectionWhenTheOldOneHasLittleTimeLeft() {
        fixture.session().account().pairingCode(fixture.soon());
        fixture.timers.advance(Duration.ofSeconds(50));
        PhoneCode.Code code = code();

        assertThat(fixture.server.connections()).hasSize(2);
        assertThat(Duration.between(fixture.clock.instant(), code.until())).isEqualTo(Duration.ofSeconds(160));
        assertThat(((ClientHelloPayload.Registration)
                                Objects.requireNonNull(fixture.server.last().payload()))
                        .device()
                        .identityKey())
                .as("the same companion")
                .isEqualTo(((ClientHelloPayload.Registration) Objects.requireNonNull(
                                fixture.server.connections().getFirst().payload()))
                        .device()
                        .identityKey());
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 404, 429})
    void aRefusalIsToldWithItsCode(int code) {
        fixture.server.script(
                request -> request.child("link_code_companion_reg").isPresent()
                        ? List.of(FakeConnection.error(request, code))
                        : FakeServer.PASS);

        assertThat(fixture.session().account().phoneCode(NUMBER, fixture.soon()))
                .isEqualTo(new PhoneCode.Refused(code, "error " + code));
        assertThat(fixture.session().account().status().phase()).isEqualTo(Phase.PAIRING);
    }

    @Test
    void anAnswerWithoutARefIsNoCode() {
        fixture.server.script(
                request -> request.child("link_code_companion_reg").isPresent()
                        ? List.of(FakeConnection.result(request).build())
                        : FakeServer.PASS);

        assertThat(fixture.session().account().phoneCode(NUMBER, fixture.soon()))
                .isEqualTo(new PhoneCode.Unanswered());
    }

    @Test
    void whoWaitsWhenTheConnectionBreaksGetsACodeOnTheNext() {
        fixture.server.script(
                request -> request.child("link_code_companion_reg").isPresent() ? List.of() : FakeServer.PASS);
        CompletableFuture<PhoneCode> code =
                calling(() -> fixture.session().account().phoneCode(NUMBER, fixture.soon()));
        fixture.awaitStanza(node -> node.child("link_code_companion_reg").isPresent());
        fixture.server.script(FakePhone::helloAnswer);
        fixture.server.last().cut();
        until(() -> {
            fixture.timers.advance(Duration.ofMillis(100));
            return code.isDone();
        });

        assertThat(code.join()).isInstanceOf(PhoneCode.Code.class);
        assertThat(fixture.server.connections()).hasSize(2);
    }

    @Test
    void aRequestThatWasSentIsNotSaidToBeUnsent() {
        fixture.server.script(
                request -> request.child("link_code_companion_reg").isPresent() ? List.of() : FakeServer.PASS);
        CompletableFuture<PhoneCode> silent =
                calling(() -> fixture.session().account().phoneCode(NUMBER, fixture.soon()));
        until(() -> hellos().size() == 1);
        fixture.server.refuseConnections(true);
        fixture.server.last().cut();
        until(() -> fixture.session().account().status().lastDisconnect().isPresent());
        until(() -> {
            fixture.timers.advance(Duration.ofSeconds(1));
            return silent.isDone();
        });

        assertThat(silent.join()).isEqualTo(new PhoneCode.Unanswered());
    }

    @Test
    void whoWaitsIsToldWhenSomebodyAsksForAnotherNumber() {
        fixture.server.script(
                request -> request.child("link_code_companion_reg").isPresent() ? List.of() : FakeServer.PASS);
        CompletableFuture<PhoneCode> first =
                calling(() -> fixture.session().account().phoneCode(NUMBER, fixture.soon()));
        until(() -> hellos().size() == 1);
        fixture.server.script(FakePhone::helloAnswer);

        assertThat(fixture.session().account().phoneCode("15550001002", fixture.soon()))
                .isInstanceOf(PhoneCode.Code.class);
        assertThat(first.join()).isEqualTo(new PhoneCode.Unanswered());
        assertThat(hellos().getLast().jid("jid").orElseThrow().user()).isEqualTo("15550001002");
    }

    @Test
    void theNetworkBeingAwayIsTold() {
        fixture.server.refuseConnections(true);
        CompletableFuture<PhoneCode> code =
                calling(() -> fixture.session().account().phoneCode(NUMBER, fixture.beforeADialIsGivenUp()));
        until(() -> fixture.session().account().status().lastDisconnect().isPresent());
        fixture.timers.advance(Duration.ofSeconds(5));

        assertThat(code.join()).isEqualTo(new PhoneCode.Unavailable(DisconnectCause.NETWORK));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "123456", "0155500010", "1555000100a", "1234567890123456"})
    void whatIsNoPhoneNumberIsRefusedAtOnce(String number) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> fixture.session().account().phoneCode(number, fixture.soon()));
    }

    @Test
    void nonsenseFromThePhoneIsSurvived() {
        PhoneCode.Code code = code();
        FakeConnection connection = fixture.server.last();
        Node.Builder hello = Node.element("link_code_companion_reg")
                .attribute("stage", "primary_hello")
                .child(Node.bytes("link_code_pairing_ref", FakePhone.REF));
        connection.send(FakePhone.notification("link_code_companion_reg", hello));
        connection.send(FakePhone.notification(
                "link_code_companion_reg",
                hello.child(Node.bytes("link_code_pairing_wrapped_primary_ephemeral_pub", new byte[79]))
                        .child(Node.bytes("primary_identity_pub", new byte[32]))));
        connection.send(FakePhone.notification("link_code_companion_reg", Node.element("something")));

        assertThat(fixture.server.phone.type(connection, code.characters())).isTrue();
    }

    private PhoneCode.Code code() {
        return (PhoneCode.Code) fixture.session().account().phoneCode(NUMBER, fixture.soon());
    }

    private List<Node> hellos() {
        return fixture.server.received().stream()
                .flatMap(node -> node.child("link_code_companion_reg").stream())
                .filter(registration -> registration.is("stage", "companion_hello"))
                .toList();
    }

    /** Types a code twice: while the second is made ready, an answer to the first would have come. */
    private void typeInVain(FakeConnection connection, PhoneCode.Code code) {
        fixture.server.phone.send(connection, code.characters());
        fixture.server.phone.send(connection, code.characters());
        awaitAcknowledgements(connection, 2);
        assertThat(FakePhone.finishes(connection)).isEmpty();
    }

    private static boolean signed(FakeConnection connection) {
        return connection.received().stream()
                .anyMatch(node -> node.child("pair-device-sign").isPresent());
    }
}
