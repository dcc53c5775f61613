package io.greenfinch.client.pairing;

import io.greenfinch.client.PairingCode.PasskeyRequired;
import io.greenfinch.client.PasskeyAssertion;
import io.greenfinch.client.PasskeyStep;
import io.greenfinch.client.connection.ClientContext;
import io.greenfinch.client.connection.Link;
import io.greenfinch.client.keys.DeviceKeys;
import io.greenfinch.client.pairing.PasskeyDemand.Attempt;
import io.greenfinch.client.stanza.Answer;
import io.greenfinch.client.stanza.Request;
import io.greenfinch.client.stanza.Requests;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import io.greenfinch.protocol.pairing.PasskeyCompanion;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The part of an attempt to be linked in which the account's owner proves themself with a passkey, which signs for WhatsApp's own page
 * alone: the challenge goes out to whoever can have it signed there, the answer comes back (specification §8). Belongs to the session's
 * thread.
 */
public final class PasskeyPairing {

    private static final Logger log = LoggerFactory.getLogger(PasskeyPairing.class);

    private static final Duration ANSWER_WAIT = Duration.ofSeconds(20);

    private static final int MAX_OPTIONS = 16 * 1024;
    private static final int MAX_REF = 512;
    private static final int MAX_WAITING = 256;

    private final ClientContext shared;
    private final Link link;
    private final Requests requests;
    private final DeviceKeys keys;
    private @Nullable PasskeyDemand demand;

    PasskeyPairing(ClientContext shared, Link link, Requests requests, DeviceKeys keys) {
        this.shared = shared;
        this.link = link;
        this.requests = requests;
        this.keys = keys;
    }

    /** Whether one is demanded now. */
    boolean demanded() {
        return demand != null;
    }

    /** What is demanded of the account with this number, as far as we know. */
    Optional<PasskeyRequired> demanded(String number) {
        return Optional.ofNullable(demand)
                .filter(present -> present.number.equals(number))
                .map(PasskeyDemand::required);
    }

    /**
     * WhatsApp demands it, or says again that it does, with another challenge.
     *
     * @param number whose owner is to prove themself, as far as we know: the one that a code to type was out for
     * @param shownSecret the secret of the code that the phone has seen
     * @param changed told what is to be signed from now on
     */
    void begin(Node notification, String number, byte[] shownSecret, Consumer<PasskeyRequired> changed) {
        PasskeyDemand present = demand;
        if (present == null) {
            present = new PasskeyDemand(
                    number, shownSecret, shared.random(), shared.clock().instant(), changed);
            demand = present;
        }
        present.require(options(notification));
        askWhereUnknown(present);
    }

    private static String options(Node parent) {
        return parent.child("passkey_request_options")
                .map(Node::contentText)
                .filter(text -> text.length() <= MAX_OPTIONS)
                .orElse("");
    }

    /** What is to be signed is asked for where it was not told, or is used up. */
    private void askWhereUnknown(PasskeyDemand present) {
        if (present.asking || !present.required().options().isEmpty()) {
            return;
        }
        present.asking = true;
        request("get", Node.empty("passkey_request_options"), answer -> {
            present.asking = false;
            if (demand == present && answer instanceof Answer.Result result) {
                present.require(options(result.stanza()));
            }
        });
    }

    /** Somebody wants to have signed what is demanded; asked for, where it is not known. Empty when nothing is demanded. */
    public void look(CompletableFuture<Optional<PasskeyRequired>> answer) {
        PasskeyDemand present = demand;
        if (present == null) {
            answer.complete(Optional.empty());
            return;
        }
        askWhereUnknown(present);
        if (present.known().getNumberOfDependents() < MAX_WAITING) {
            var _ = present.known().thenAccept(required -> answer.complete(Optional.of(required)));
        } else {
            answer.complete(Optional.of(present.required()));
        }
    }

    /** Somebody has had it signed; an earlier answer is void, unless it is the same. */
    public void answer(PasskeyAssertion assertion, CompletableFuture<PasskeyStep> code) {
        PasskeyDemand present = demand;
        if (present == null) {
            code.complete(new PasskeyStep.NotDemanded());
            return;
        }
        Attempt running = present.attempt;
        if (running != null && running.assertion.equals(assertion)) {
            join(running.code, code);
            return;
        }
        present.endAttempt();
        Attempt attempt = new Attempt(assertion);
        var _ = attempt.code.thenAccept(code::complete);
        present.attempt = attempt;
        request(
                "get",
                Node.empty("ref"),
                answer -> taken(attempt, answer).ifPresent(stanza -> named(present, attempt, stanza)));
    }

    /** Somebody waits for what another call has begun. */
    private static void join(CompletableFuture<PasskeyStep> begun, CompletableFuture<PasskeyStep> waiting) {
        if (begun.getNumberOfDependents() < MAX_WAITING) {
            var _ = begun.thenAccept(waiting::complete);
        } else {
            waiting.complete(new PasskeyStep.Unanswered());
        }
    }

    private void named(PasskeyDemand present, Attempt attempt, Node named) {
        String ref = named.child("ref").map(Node::contentText).orElse("");
        if (ref.isEmpty() || ref.length() > MAX_REF) {
            fail(attempt, new PasskeyStep.Refused(0));
            return;
        }
        PasskeyCompanion companion = new PasskeyCompanion(DeviceKeys.PLATFORM_DESKTOP, ref, shared.random());
        attempt.companion = companion;
        attempt.proven = present.spendHandoff(shared.clock().instant());
        Node.Builder prologue = Node.element("passkey_prologue")
                .child(Node.bytes("credential_id", attempt.assertion.credentialId()))
                .child(Node.text("webauthn_assertion", attempt.assertion.json()))
                .child(Node.bytes("prologue_payload", companion.prologue()));
        if (attempt.proven) {
            prologue.child(Node.bytes("pairing_handoff_proof", companion.handoffProof(present.shownSecret)));
        }
        present.require(""); // a challenge is good for one answer
        // The phone's key comes by itself; it may be here before the result.
        request("set", prologue.build(), answer -> {
            var _ = taken(attempt, answer);
        });
    }

    /**
     * The phone has sent its key. One for each answer: whoever knows our nonce could choose a key for which the codes are the
     * same.
     */
    void continued(Node notification) {
        Attempt attempt = demand == null ? null : demand.attempt;
        PasskeyCompanion companion = attempt == null ? null : attempt.companion;
        if (attempt == null || companion == null || attempt.agreement != null) {
            shared.stranger("<notification crsc_continuation> that nobody waits for");
            return;
        }
        Optional<PasskeyCompanion.Agreement> agreed = companion.agree(notification
                .child("primary_ephemeral_identity")
                .map(Node::content)
                .orElse(new byte[0]));
        if (agreed.isEmpty()) {
            log.warn("A phone sent a key that is none");
            fail(attempt, new PasskeyStep.Refused(0));
            return;
        }
        PasskeyCompanion.Agreement agreement = agreed.get();
        attempt.agreement = agreement;
        request(
                "set",
                Node.bytes("companion_nonce", companion.nonce()),
                answer -> taken(attempt, answer)
                        .ifPresent(_ -> attempt.code.complete(
                                new PasskeyStep.Code(agreement.code().characters(), attempt.proven))));
    }

    /** The code is the one on the phone. */
    public void confirm(CompletableFuture<PasskeyStep> outcome) {
        PasskeyDemand present = demand;
        Attempt attempt = present == null ? null : present.attempt;
        PasskeyCompanion.Agreement agreement = attempt == null ? null : attempt.agreement;
        if (present == null || attempt == null || agreement == null || !attempt.code.isDone()) {
            outcome.complete(new PasskeyStep.NotDemanded());
            return;
        }
        if (attempt.confirmed != null) {
            join(attempt.confirmed, outcome);
            return;
        }
        CompletableFuture<PasskeyStep> confirmed = new CompletableFuture<>();
        var _ = confirmed.thenAccept(outcome::complete);
        attempt.confirmed = confirmed;
        byte[] sealed = agreement.request(keys.noise(), keys.identity(), present.secret);
        request("set", Node.bytes("encrypted_pairing_request", sealed), answer -> {
            switch (answer) {
                case Answer.Result _ -> confirmed.complete(new PasskeyStep.Confirmed());
                case Answer.Refused refused -> {
                    confirmed.complete(refused(refused));
                    fail(attempt, new PasskeyStep.Refused(refused.code()));
                }
                // It may have come to the phone, which then takes us in.
                case Answer.Lost _, Answer.Unanswered _ -> confirmed.complete(new PasskeyStep.Unanswered());
                case Answer.NotSent _, Answer.NotLinked _ -> confirmed.complete(new PasskeyStep.NotDemanded());
            }
        });
    }

    /** The phone has taken us in: whatever has not been answered yet has come to it. */
    void accepted() {
        if (demand != null && demand.attempt != null && demand.attempt.confirmed != null) {
            demand.attempt.confirmed.complete(new PasskeyStep.Confirmed());
        }
    }

    /** The secret under which the phone may take us in. */
    List<byte[]> secrets() {
        return demand == null ? List.of() : List.of(demand.secret);
    }

    /** The connection is gone, and what was demanded on it. True when something was. */
    boolean lost() {
        PasskeyDemand present = demand;
        if (present == null) {
            return false;
        }
        present.endAttempt();
        demand = null;
        present.known().complete(present.required());
        return true;
    }

    /** The result of a step of the answer that still counts; empty where it leads to nothing. */
    private Optional<Node> taken(Attempt attempt, Answer answer) {
        if (demand == null || demand.attempt != attempt) {
            return Optional.empty();
        }
        return switch (answer) {
            case Answer.Result(Node stanza) -> Optional.of(stanza);
            case Answer.Refused refused -> fail(attempt, refused(refused));
            case Answer.Lost _, Answer.NotSent _, Answer.NotLinked _ -> fail(attempt, new PasskeyStep.NotDemanded());
            case Answer.Unanswered _ -> fail(attempt, new PasskeyStep.Unanswered());
        };
    }

    private static PasskeyStep refused(Answer.Refused refused) {
        log.info("WhatsApp refused a step of linking by a passkey: {}", refused.code());
        return new PasskeyStep.Refused(refused.code());
    }

    /** This answer leads to nothing; another one may. */
    private Optional<Node> fail(Attempt attempt, PasskeyStep why) {
        attempt.code.complete(why);
        PasskeyDemand present = demand;
        if (present != null && present.attempt == attempt) {
            present.attempt = null;
            askWhereUnknown(present);
        }
        return Optional.empty();
    }

    private void request(String type, Node content, Consumer<Answer> answered) {
        Node iq = Node.element("iq")
                .attribute("to", Jid.SERVER)
                .attribute("type", type)
                .attribute("xmlns", "md")
                .child(content)
                .build();
        requests.send(new Request(iq, shared.clock().instant().plus(ANSWER_WAIT), answered::accept), link.line());
    }
}
