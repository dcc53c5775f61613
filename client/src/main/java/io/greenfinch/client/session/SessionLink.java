package io.greenfinch.client.session;

import io.greenfinch.client.AccountLink;
import io.greenfinch.client.DisconnectCause;
import io.greenfinch.client.LogoutOutcome;
import io.greenfinch.client.PairingCode;
import io.greenfinch.client.PasskeyAssertion;
import io.greenfinch.client.PasskeyStep;
import io.greenfinch.client.PhoneCode;
import io.greenfinch.client.SessionStatus;
import io.greenfinch.client.SessionStatus.Phase;
import io.greenfinch.client.connection.ClientContext;
import io.greenfinch.client.pairing.AwaitedCode;
import io.greenfinch.client.pairing.PasskeyPairing;
import io.greenfinch.client.time.Deadline;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;

/** The link of a session's account: turns the host's calls into steps of the session's thread. */
final class SessionLink implements AccountLink {

    private static final Pattern PHONE_NUMBER = Pattern.compile("[1-9][0-9]{6,14}");

    private final ClientContext shared;
    private final Owner owner;
    private final StatusBoard board;
    private final Lifecycle lifecycle;

    SessionLink(ClientContext shared, Owner owner, StatusBoard board, Lifecycle lifecycle) {
        this.shared = shared;
        this.owner = owner;
        this.board = board;
        this.lifecycle = lifecycle;
    }

    @Override
    public void start() {
        owner.executeHere(lifecycle::start);
    }

    @Override
    public SessionStatus status() {
        return board.status();
    }

    @Override
    public void reconnect() {
        owner.execute(lifecycle::reconnect);
    }

    @Override
    public PairingCode pairingCode(Instant deadline) {
        return pairingCode(Optional.empty(), deadline);
    }

    @Override
    public PairingCode nextPairingCode(PairingCode.Code shown, Instant deadline) {
        return pairingCode(Optional.of(shown), deadline);
    }

    private PairingCode pairingCode(Optional<PairingCode.Code> seen, Instant deadline) {
        CompletableFuture<PairingCode> answer = new CompletableFuture<>();
        owner.offer(() -> lifecycle.pairingCode(seen, answer));
        PairingCode code =
                Deadline.await(answer, deadline, shared.timers(), new PairingCode.Unavailable(lastDisconnect()));
        answer.complete(code);
        return code;
    }

    @Override
    public PhoneCode phoneCode(String number, Instant deadline) {
        if (!PHONE_NUMBER.matcher(number).matches()) {
            throw new IllegalArgumentException("a phone number has 7 to 15 digits");
        }
        AwaitedCode answer = new AwaitedCode();
        owner.offer(() -> lifecycle.phoneCode(number, answer));
        PhoneCode code = Deadline.await(
                        answer.thenApply(Optional::of), deadline, shared.timers(), Optional.<PhoneCode>empty())
                .orElseGet(() -> answer.none(lastDisconnect()));
        answer.complete(code);
        return code;
    }

    @Override
    public Optional<PairingCode.PasskeyRequired> demandedPasskey(Instant deadline) {
        CompletableFuture<Optional<PairingCode.PasskeyRequired>> answer = new CompletableFuture<>();
        owner.offer(() -> lifecycle
                .linking()
                .passkey()
                .ifPresentOrElse(passkey -> passkey.look(answer), () -> answer.complete(Optional.empty())));
        return Deadline.await(
                answer,
                deadline,
                shared.timers(),
                board.status().phase() == Phase.PASSKEY_REQUIRED
                        ? Optional.of(new PairingCode.PasskeyRequired(""))
                        : Optional.empty());
    }

    @Override
    public PasskeyStep answerPasskey(PasskeyAssertion assertion, Instant deadline) {
        return passkeyStep((passkey, code) -> passkey.answer(assertion, code), deadline);
    }

    @Override
    public PasskeyStep confirmPasskey(Instant deadline) {
        return passkeyStep(PasskeyPairing::confirm, deadline);
    }

    private PasskeyStep passkeyStep(BiConsumer<PasskeyPairing, CompletableFuture<PasskeyStep>> step, Instant deadline) {
        CompletableFuture<PasskeyStep> outcome = new CompletableFuture<>();
        owner.offer(() -> lifecycle
                .linking()
                .passkey()
                .ifPresentOrElse(
                        passkey -> step.accept(passkey, outcome),
                        () -> outcome.complete(new PasskeyStep.NotDemanded())));
        PasskeyStep known = Deadline.await(outcome, deadline, shared.timers(), new PasskeyStep.Unanswered());
        outcome.complete(known);
        return known;
    }

    @Override
    public LogoutOutcome logout(Instant deadline) {
        CompletableFuture<LogoutOutcome> outcome = new CompletableFuture<>();
        owner.offer(() -> lifecycle.logout(outcome, deadline));
        LogoutOutcome known = Deadline.await(outcome, deadline, shared.timers(), LogoutOutcome.UNKNOWN);
        outcome.complete(known);
        return known;
    }

    private DisconnectCause lastDisconnect() {
        return board.status()
                .lastDisconnect()
                .map(SessionStatus.Disconnect::cause)
                .orElse(DisconnectCause.NETWORK);
    }
}
