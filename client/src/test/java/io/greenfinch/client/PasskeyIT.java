package io.greenfinch.client;

import static io.greenfinch.client.SessionFixture.calling;
import static io.greenfinch.client.SessionFixture.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.client.SessionStatus.Phase;
import io.greenfinch.protocol.binary.Node;
import io.greenfinch.protocol.pairing.PasskeyPhone;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The service demands a passkey before it links (specification §8). */
final class PasskeyIT extends PairingScript {

    private static final String OPTIONS = "{\"challenge\":\"BBBB\"}";
    private static final PasskeyAssertion ASSERTION = new PasskeyAssertion(new byte[] {4, 5, 6}, "{\"id\":\"BAUG\"}");

    @Test
    void aDemandForAPasskeyIsAState() {
        fixture.session().account().pairingCode(fixture.soon());
        FakeConnection connection = fixture.server.last();
        String options = "{\"challenge\":\"AAAA\"}";
        connection.send(FakePhone.notification(
                "passkey_prologue_request",
                Node.element("passkey_request_options").text(options)));

        until(() -> fixture.session().account().status().phase() == Phase.PASSKEY_REQUIRED);
        assertThat(fixture.session().account().pairingCode(fixture.soon()))
                .isEqualTo(new PairingCode.PasskeyRequired(options));
        awaitAcknowledgements(connection, 1);
    }

    /** Whoever asked in the next 160 seconds heard of it, with whatever number. */
    @Test
    void aDemandMetWithOneNumberIsNotToldOfAnother() {
        demandOf("15550001001");

        assertThat(fixture.session().account().phoneCode("15550001001", fixture.soon()))
                .isInstanceOf(PhoneCode.PasskeyRequired.class);
        assertThat(fixture.session().account().phoneCode("15550001002", fixture.soon()))
                .isInstanceOf(PhoneCode.Code.class);
        assertThat(fixture.session().account().status().phase()).isEqualTo(Phase.PAIRING);
    }

    @Test
    void aDemandMetByWhoScannedACodeIsNotToldOfANumber() {
        fixture.server.script(FakePhone::helloAnswer);
        fixture.session().account().pairingCode(fixture.soon());
        fixture.server.last().send(FakePhone.notification("passkey_prologue_request", Node.element("something")));
        until(() -> fixture.session().account().status().phase() == Phase.PASSKEY_REQUIRED);

        assertThat(fixture.session().account().phoneCode("15550001002", fixture.soon()))
                .isInstanceOf(PhoneCode.Code.class);
    }

    @Test
    void aRebootBeginsAnew() {
        demandOf("15550001001");
        fixture.session().account().reconnect();
        until(() -> fixture.session().account().status().phase() == Phase.UNLINKED);

        assertThat(fixture.session().account().phoneCode("15550001001", fixture.soon()))
                .isInstanceOf(PhoneCode.Code.class);
    }

    @Test
    void aLogoutBeginsAnew() {
        demandOf("15550001001");
        assertThat(fixture.session().account().logout(fixture.soon())).isEqualTo(LogoutOutcome.NOT_LINKED);

        assertThat(fixture.session().account().status().phase()).isEqualTo(Phase.UNLINKED);
        assertThat(fixture.session().account().pairingCode(fixture.soon())).isInstanceOf(PairingCode.Code.class);
    }

    /** The service demands a passkey while there is a code for this number. */
    private void demandOf(String number) {
        fixture.server.script(FakePhone::helloAnswer);
        assertThat(fixture.session().account().phoneCode(number, fixture.soon()))
                .isInstanceOf(PhoneCode.Code.class);
        fixture.server.last().send(FakePhone.notification("passkey_prologue_request", Node.element("something")));
        until(() -> fixture.session().account().status().phase() == Phase.PASSKEY_REQUIRED);
    }

    /** What the server says to all that belongs to a passkey. */
    private static List<Node> answers(Node request) {
        if (request.child("ref").isPresent()) {
            return List.of(FakeConnection.result(request)
                    .child(Node.text("ref", "a-ref"))
                    .build());
        }
        if (request.child("passkey_request_options").isPresent()) {
            return List.of(FakeConnection.result(request)
                    .child(Node.text("passkey_request_options", OPTIONS))
                    .build());
        }
        if (request.child("encrypted_pairing_request").isPresent()) {
            return List.of(); // its answer is lost
        }
        return request.child("passkey_prologue").isPresent()
                        || request.child("companion_nonce").isPresent()
                ? List.of(FakeConnection.result(request).build())
                : FakeServer.PASS;
    }

    private FakeConnection demanded() {
        fixture.server.script(PasskeyIT::answers);
        fixture.session().account().pairingCode(fixture.soon());
        FakeConnection connection = fixture.server.last();
        connection.send(FakePhone.notification("passkey_prologue_request", Node.element("something")));
        until(() -> fixture.session().account().status().phase() == Phase.PASSKEY_REQUIRED);
        return connection;
    }

    private CompletableFuture<PasskeyStep> answering(FakeConnection connection) {
        return answering(connection, ASSERTION);
    }

    private CompletableFuture<PasskeyStep> answering(FakeConnection connection, PasskeyAssertion assertion) {
        CompletableFuture<PasskeyStep> step =
                calling(() -> fixture.session().account().answerPasskey(assertion, fixture.soon()));
        until(() -> prologue(connection)
                .flatMap(prologue -> prologue.child("webauthn_assertion"))
                .filter(sent -> sent.contentText().equals(assertion.json()))
                .isPresent());
        return step;
    }

    private static Optional<Node> prologue(FakeConnection connection) {
        return connection.received().stream()
                .flatMap(node -> node.child("passkey_prologue").stream())
                .reduce((_, last) -> last);
    }

    @Test
    void whatIsToBeSignedIsAskedForWhereItWasNotTold() {
        demanded();
        until(() -> fixture.session()
                .account()
                .pairingCode(fixture.soon())
                .equals(new PairingCode.PasskeyRequired(OPTIONS)));
    }

    @Test
    void anAnswerGoesOutAsItCameAndTheCodeIsThatOfThePhone() {
        FakeConnection connection = demanded();
        CompletableFuture<PasskeyStep> step = answering(connection);
        Node prologue = prologue(connection).orElseThrow();
        assertThat(prologue.child("credential_id").orElseThrow().content()).isEqualTo(ASSERTION.credentialId());
        assertThat(prologue.child("webauthn_assertion").orElseThrow().contentText())
                .isEqualTo(ASSERTION.json());
        PasskeyPhone phone = PasskeyPhone.answering(
                        prologue.child("prologue_payload").orElseThrow().content(), new SecureRandom())
                .orElseThrow();
        assertThat(connection.received())
                .as("the nonce is told only once the phone's key is known")
                .noneMatch(node -> node.child("companion_nonce").isPresent());

        connection.send(continuation(phone.hello()));

        PasskeyStep.Code code = (PasskeyStep.Code) step.join();
        byte[] nonce = connection.received().stream()
                .flatMap(node -> node.child("companion_nonce").stream())
                .findFirst()
                .orElseThrow()
                .content();
        assertThat(phone.revealed(nonce).orElseThrow().characters()).isEqualTo(code.characters());
    }

    @Test
    void aKeyThatIsNoneEndsTheAnswerAndNotTheDemand() {
        FakeConnection connection = demanded();
        CompletableFuture<PasskeyStep> step = answering(connection);
        connection.send(continuation(new byte[] {1, 2, 3}));

        assertThat(step.join()).isEqualTo(new PasskeyStep.Refused(0));
        assertThat(fixture.session().account().status().phase()).isEqualTo(Phase.PASSKEY_REQUIRED);
        assertThat(fixture.session().account().confirmPasskey(fixture.soon())).isEqualTo(new PasskeyStep.NotDemanded());
    }

    @Test
    void aLaterAnswerTakesThePlaceOfAnEarlierOne() {
        FakeConnection connection = demanded();
        CompletableFuture<PasskeyStep> first = answering(connection);
        CompletableFuture<PasskeyStep> second =
                answering(connection, new PasskeyAssertion(new byte[] {7}, "{\"id\":\"Bw\"}"));

        assertThat(first.join()).isEqualTo(new PasskeyStep.NotDemanded());
        assertThat(second).isNotDone();
        connection.cut();
        assertThat(second.join()).isEqualTo(new PasskeyStep.NotDemanded());
    }

    /** What the phone finds in an answer. */
    private static PasskeyPhone phone(FakeConnection connection) {
        return PasskeyPhone.answering(
                        prologue(connection)
                                .orElseThrow()
                                .child("prologue_payload")
                                .orElseThrow()
                                .content(),
                        new SecureRandom())
                .orElseThrow();
    }

    private PasskeyStep.Code code(FakeConnection connection) {
        CompletableFuture<PasskeyStep> step = answering(connection);
        connection.send(continuation(phone(connection).hello()));
        return (PasskeyStep.Code) step.join();
    }

    /** As by somebody else's scan, or from a server that says it twice. */
    @Test
    void theSameDemandAgainKeepsTheAnswerUnderWay() {
        FakeConnection connection = demanded();
        CompletableFuture<PasskeyStep> step = answering(connection);
        connection.send(FakePhone.notification(
                "passkey_prologue_request",
                Node.element("passkey_request_options").text("{\"challenge\":\"CCCC\"}")));
        until(() -> fixture.session()
                .account()
                .demandedPasskey(fixture.soon())
                .equals(Optional.of(new PairingCode.PasskeyRequired("{\"challenge\":\"CCCC\"}"))));
        assertThat(step).isNotDone();
        connection.send(continuation(phone(connection).hello()));
        assertThat(step.join()).isInstanceOf(PasskeyStep.Code.class);
    }

    @Test
    void aCallerWhoDidNotWaitLearnsTheCodeByTheSameAnswerAgain() {
        FakeConnection connection = demanded();
        CompletableFuture<PasskeyStep> late =
                calling(() -> fixture.session().account().answerPasskey(ASSERTION, fixture.clock.instant()));
        until(() -> prologue(connection).isPresent());
        until(() -> {
            fixture.timers.advance(Duration.ofMillis(1));
            return late.isDone();
        });
        assertThat(late.join()).isEqualTo(new PasskeyStep.Unanswered());
        assertThat(fixture.session().account().confirmPasskey(fixture.soon()))
                .as("nobody has seen a code yet")
                .isEqualTo(new PasskeyStep.NotDemanded());
        connection.send(continuation(phone(connection).hello()));

        assertThat(fixture.session().account().answerPasskey(ASSERTION, fixture.soon()))
                .isInstanceOf(PasskeyStep.Code.class);
        assertThat(connection.received().stream()
                        .filter(node -> node.child("passkey_prologue").isPresent()))
                .hasSize(1);
    }

    @Test
    void aConfirmationWhoseAnswerIsLostMayHaveCome() {
        FakeConnection connection = demanded();
        PasskeyStep.Code code = code(connection);
        assertThat(code.proven()).isTrue();
        CompletableFuture<PasskeyStep> first =
                calling(() -> fixture.session().account().confirmPasskey(fixture.soon()));
        CompletableFuture<PasskeyStep> second =
                calling(() -> fixture.session().account().confirmPasskey(fixture.soon()));
        until(() -> connection.received().stream()
                .anyMatch(node -> node.child("encrypted_pairing_request").isPresent()));
        connection.cut();

        assertThat(first.join()).as("nobody knows").isEqualTo(new PasskeyStep.Unanswered());
        assertThat(second.join()).isIn(new PasskeyStep.Unanswered(), new PasskeyStep.NotDemanded());
        assertThat(connection.received().stream()
                        .filter(node -> node.child("encrypted_pairing_request").isPresent()))
                .hasSize(1);
    }

    /** The phone need not wait until the server has answered that it told it. */
    @Test
    void whoIsTakenInBeforeTheConfirmationIsAnsweredHasConfirmed() {
        FakeConnection connection = demanded();
        CompletableFuture<PasskeyStep> step = answering(connection);
        PasskeyPhone phone = phone(connection);
        connection.send(continuation(phone.hello()));
        assertThat(step.join()).isInstanceOf(PasskeyStep.Code.class);
        CompletableFuture<PasskeyStep> confirmed =
                calling(() -> fixture.session().account().confirmPasskey(fixture.soon()));
        until(() -> connection.received().stream()
                .anyMatch(node -> node.child("encrypted_pairing_request").isPresent()));
        PasskeyPhone.Wanted wanted = connection.received().stream()
                .flatMap(node -> node.child("encrypted_pairing_request").stream())
                .map(Node::content)
                .flatMap(request -> phone.opened(request).stream())
                .findFirst()
                .orElseThrow();
        connection.send(fixture.server.phone.pairSuccess(wanted, fixture.clock.instant()));

        assertThat(confirmed.join()).isEqualTo(new PasskeyStep.Confirmed());
        until(() -> fixture.session().account().status().linked());
    }

    @Test
    void afterFiveMinutesTheCodesAreToBeCompared() {
        FakeConnection connection = demanded();
        fixture.timers.advance(Duration.ofMinutes(5));
        assertThat(code(connection).proven()).isFalse();
        assertThat(prologue(connection).orElseThrow().child("pairing_handoff_proof"))
                .isEmpty();
    }

    private static Node continuation(byte[] identity) {
        return FakePhone.notification(
                "crsc_continuation", Node.element("primary_ephemeral_identity").bytes(identity));
    }

    @Test
    void theDemandForAPasskeyEndsWithItsCodes() {
        fixture.session().account().pairingCode(fixture.soon());
        fixture.server.last().send(FakePhone.notification("passkey_prologue_request", Node.element("something")));
        until(() -> fixture.session().account().status().phase() == Phase.PASSKEY_REQUIRED);
        until(() -> {
            fixture.timers.advance(Duration.ofSeconds(20));
            return fixture.session().account().status().phase() == Phase.UNLINKED;
        });

        assertThat(fixture.session().account().pairingCode(fixture.soon())).isInstanceOf(PairingCode.Code.class);
    }

    @Test
    void theDemandForAPasskeyEndsWithItsConnection() {
        fixture.session().account().pairingCode(fixture.soon());
        fixture.server
                .last()
                .send(FakePhone.notification(
                        "passkey_prologue_request",
                        Node.element("passkey_request_options").text("x".repeat(20_000))));
        until(() -> fixture.session().account().status().phase() == Phase.PASSKEY_REQUIRED);
        assertThat(fixture.session().account().pairingCode(fixture.soon()))
                .as("options that are too long")
                .isEqualTo(new PairingCode.PasskeyRequired(""));
        fixture.server.last().cut();
        until(() -> fixture.session().account().status().phase() == Phase.PAIRING);
        CompletableFuture<PairingCode> next =
                calling(() -> fixture.session().account().pairingCode(fixture.soon()));
        until(() -> {
            fixture.timers.advance(Duration.ofMillis(100));
            return next.isDone();
        });

        assertThat(next.join()).isInstanceOf(PairingCode.Code.class);
    }
}
