package io.greenfinch.client.pairing;

import io.greenfinch.client.PairingCode.PasskeyRequired;
import io.greenfinch.client.PasskeyAssertion;
import io.greenfinch.client.PasskeyStep;
import io.greenfinch.protocol.pairing.PasskeyCompanion;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A passkey that WhatsApp demands on a connection, and how far the answer has come. Belongs to the session's thread. */
final class PasskeyDemand {

    /** For how long it is of use that the phone has seen our code. */
    private static final Duration HANDOFF = Duration.ofMinutes(5);

    private static final int SECRET = 32;

    /** Whose owner is to prove themself, as far as we know: the number that a code to type was out for. */
    final String number;

    /** The secret of the code that the phone has seen. */
    final byte[] shownSecret;

    /** The secret under which the phone may take us in. */
    final byte[] secret = new byte[SECRET];

    private final Instant handoffUntil;
    private final Consumer<PasskeyRequired> changed;
    private PasskeyRequired required = new PasskeyRequired("");
    private CompletableFuture<PasskeyRequired> known = new CompletableFuture<>();
    private boolean handoffSpent;

    /** Whether it is being asked for what is to be signed. */
    boolean asking;

    @Nullable
    Attempt attempt;

    /** @param changed told what is to be signed from now on */
    PasskeyDemand(
            String number, byte[] shownSecret, SecureRandom random, Instant now, Consumer<PasskeyRequired> changed) {
        this.number = number;
        this.shownSecret = shownSecret;
        this.handoffUntil = now.plus(HANDOFF);
        this.changed = changed;
        random.nextBytes(secret);
    }

    /** One answer. Its futures are its own: a caller who waits no longer changes nothing. */
    static final class Attempt {
        final PasskeyAssertion assertion;
        final CompletableFuture<PasskeyStep> code = new CompletableFuture<>();
        boolean proven;

        @Nullable
        PasskeyCompanion companion;

        PasskeyCompanion.@Nullable Agreement agreement;

        @Nullable
        CompletableFuture<PasskeyStep> confirmed;

        Attempt(PasskeyAssertion assertion) {
            this.assertion = assertion;
        }
    }

    /** This is to be signed from now on; empty when that is not known. */
    void require(String options) {
        required = new PasskeyRequired(options);
        if (!options.isEmpty()) {
            known.complete(required);
        } else if (known.isDone()) {
            known = new CompletableFuture<>();
        }
        changed.accept(required);
    }

    PasskeyRequired required() {
        return required;
    }

    /** Done when it is known what is to be signed. */
    CompletableFuture<PasskeyRequired> known() {
        return known;
    }

    /** Whether it can be proved that the phone has seen our code. Once: what was refused is not refused again for that. */
    boolean spendHandoff(Instant now) {
        boolean proves = !handoffSpent && now.isBefore(handoffUntil);
        handoffSpent = true;
        return proves;
    }

    /** The answer leads to nothing any more. */
    void endAttempt() {
        Attempt present = attempt;
        if (present != null) {
            attempt = null;
            present.code.complete(new PasskeyStep.NotDemanded());
            if (present.confirmed != null) {
                present.confirmed.complete(new PasskeyStep.Unanswered());
            }
        }
    }

    @Override
    public String toString() {
        return "PasskeyDemand[hidden]";
    }
}
