package io.greenfinch.client.pairing;

import io.greenfinch.client.PairingCode;
import io.greenfinch.client.PasskeyAssertion;
import io.greenfinch.client.PasskeyStep;
import io.greenfinch.client.connection.ClientContext;
import io.greenfinch.client.connection.Link;
import io.greenfinch.client.keys.DeviceKeys;
import io.greenfinch.client.stanza.Answer;
import io.greenfinch.client.stanza.Request;
import io.greenfinch.client.stanza.Requests;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import io.greenfinch.protocol.pairing.PasskeyCompanion;
import java.time.Duration;
import java.time.Instant;
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
final class PasskeyPairing {

    private static final Logger log = LoggerFactory.getLogger(PasskeyPairing.class);

    private static final Duration ANSWER_WAIT = Duration.ofSeconds(20);

    /** For how long it is of use that the phone has seen our code. */
    private static final Duration HANDOFF = Duration.ofMinutes(5);

    private static final int MAX_OPTIONS = 16 * 1024;
    private static final int MAX_REF = 512;
    private static final int SECRET = 32;

    private final ClientContext shared;
    private final Link link;
    private final Requests requests;
    private final DeviceKeys keys;
    private @Nullable Demand demand;

    /** What WhatsApp demands on this connection, and how far the answer has come. */
    private static final class Demand {
        private final String number;
        private final byte[] shownSecret;
        private final byte[] secret = new byte[SECRET];
        private final Instant handoffUntil;
        private final Consumer<PairingCode.PasskeyRequired> changed;
        private PairingCode.PasskeyRequired required;
        private @Nullable Attempt attempt;

        Demand(
                String number,
                byte[] shownSecret,
                Instant handoffUntil,
                PairingCode.PasskeyRequired required,
                Consumer<PairingCode.PasskeyRequired> changed) {
            this.number = number;
            this.shownSecret = shownSecret;
            this.handoffUntil = handoffUntil;
            this.required = required;
            this.changed = changed;
        }
    }

    /** One answer. */
    private static final class Attempt {
        private final CompletableFuture<PasskeyStep> code;
        private boolean proven;
        private @Nullable PasskeyCompanion companion;
        private PasskeyCompanion.@Nullable Agreement agreement;

        Attempt(CompletableFuture<PasskeyStep> code) {
            this.code = code;
        }
    }

    PasskeyPairing(ClientContext shared, Link link, Requests requests, DeviceKeys keys) {
        this.shared = shared;
        this.link = link;
        this.requests = requests;
        this.keys = keys;
    }

    /** What is demanded now; empty when nothing is. */
    Optional<PairingCode.PasskeyRequired> demanded() {
        return Optional.ofNullable(demand).map(present -> present.required);
    }

    /** What is demanded of the account with this number, as far as we know. */
    Optional<PairingCode.PasskeyRequired> demanded(String number) {
        return Optional.ofNullable(demand)
                .filter(present -> present.number.equals(number))
                .map(present -> present.required);
    }

    /**
     * WhatsApp demands it.
     *
     * @param number whose owner is to prove themself, as far as we know: the one that a code to type was out for
     * @param shownSecret the secret of the code that the phone has seen
     * @param changed told when something else is to be signed
     */
    PairingCode.PasskeyRequired begin(
            Node notification, String number, byte[] shownSecret, Consumer<PairingCode.PasskeyRequired> changed) {
        PairingCode.PasskeyRequired required = required(notification);
        Demand begun = new Demand(number, shownSecret, shared.clock().instant().plus(HANDOFF), required, changed);
        shared.random().nextBytes(begun.secret);
        demand = begun;
        if (required.options().isEmpty()) {
            askAnew(begun);
        }
        return required;
    }

    /** What is to be signed is asked for: it was not told, or is used up. */
    private void askAnew(Demand present) {
        request("get", Node.empty("passkey_request_options"), answer -> {
            if (demand == present && answer instanceof Answer.Result result) {
                present.required = required(result.stanza());
                present.changed.accept(present.required);
            }
        });
    }

    private static PairingCode.PasskeyRequired required(Node parent) {
        return new PairingCode.PasskeyRequired(parent.child("passkey_request_options")
                .map(Node::contentText)
                .filter(text -> text.length() <= MAX_OPTIONS)
                .orElse(""));
    }

    /** Somebody has had it signed; an earlier answer is void. */
    void answer(PasskeyAssertion assertion, CompletableFuture<PasskeyStep> code) {
        Demand present = demand;
        if (present == null) {
            code.complete(new PasskeyStep.NotDemanded());
            return;
        }
        end(present);
        Attempt attempt = new Attempt(code);
        present.attempt = attempt;
        request("get", Node.empty("ref"), answer -> {
            if (isCurrent(attempt)) {
                result(answer, attempt, code).ifPresent(stanza -> named(present, attempt, assertion, stanza));
            }
        });
    }

    private boolean isCurrent(Attempt attempt) {
        return demand != null && demand.attempt == attempt;
    }

    private void named(Demand present, Attempt attempt, PasskeyAssertion assertion, Node named) {
        String ref = named.child("ref").map(Node::contentText).orElse("");
        if (ref.isEmpty() || ref.length() > MAX_REF) {
            fail(attempt, attempt.code, new PasskeyStep.Refused(0));
            return;
        }
        PasskeyCompanion companion = new PasskeyCompanion(DeviceKeys.PLATFORM_DESKTOP, ref, shared.random());
        attempt.companion = companion;
        attempt.proven = shared.clock().instant().isBefore(present.handoffUntil);
        Node.Builder prologue = Node.element("passkey_prologue")
                .child(Node.bytes("credential_id", assertion.credentialId()))
                .child(Node.text("webauthn_assertion", assertion.json()))
                .child(Node.bytes("prologue_payload", companion.prologue()));
        if (attempt.proven) {
            prologue.child(Node.bytes("pairing_handoff_proof", companion.handoffProof(present.shownSecret)));
        }
        request("set", prologue.build(), answer -> {
            if (isCurrent(attempt)) {
                // The phone's key comes by itself; it may be here already.
                var _ = result(answer, attempt, attempt.code);
            }
        });
    }

    /** The phone has sent its key. */
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
            fail(attempt, attempt.code, new PasskeyStep.Refused(0));
            return;
        }
        PasskeyCompanion.Agreement agreement = agreed.get();
        attempt.agreement = agreement;
        request("set", Node.bytes("companion_nonce", companion.nonce()), answer -> {
            if (isCurrent(attempt)) {
                result(answer, attempt, attempt.code)
                        .ifPresent(_ -> attempt.code.complete(
                                new PasskeyStep.Code(agreement.code().characters(), attempt.proven)));
            }
        });
    }

    /** The code is the one on the phone. */
    void confirm(CompletableFuture<PasskeyStep> outcome) {
        Demand present = demand;
        Attempt attempt = present == null ? null : present.attempt;
        PasskeyCompanion.Agreement agreement = attempt == null ? null : attempt.agreement;
        if (present == null || attempt == null || agreement == null || !attempt.code.isDone()) {
            outcome.complete(new PasskeyStep.NotDemanded());
            return;
        }
        byte[] sealed = agreement.request(keys.noise(), keys.identity(), present.secret);
        request(
                "set",
                Node.bytes("encrypted_pairing_request", sealed),
                answer ->
                        result(answer, attempt, outcome).ifPresent(_ -> outcome.complete(new PasskeyStep.Confirmed())));
    }

    /** The secret under which the phone may take us in. */
    List<byte[]> secrets() {
        return demand == null ? List.of() : List.of(demand.secret);
    }

    /** The connection is gone, and what was demanded on it. True when something was. */
    boolean lost() {
        Demand present = demand;
        if (present == null) {
            return false;
        }
        end(present);
        demand = null;
        return true;
    }

    private static void end(Demand present) {
        if (present.attempt != null) {
            present.attempt.code.complete(new PasskeyStep.NotDemanded());
            present.attempt = null;
        }
    }

    private Optional<Node> result(Answer answer, Attempt attempt, CompletableFuture<PasskeyStep> waiting) {
        return switch (answer) {
            case Answer.Result(Node stanza) -> Optional.of(stanza);
            case Answer.Refused refused -> {
                log.info("WhatsApp refused a step of linking by a passkey: {}", refused.code());
                if (demand != null) {
                    askAnew(demand);
                }
                yield fail(attempt, waiting, new PasskeyStep.Refused(refused.code()));
            }
            case Answer.Lost _, Answer.NotSent _, Answer.NotLinked _ ->
                fail(attempt, waiting, new PasskeyStep.NotDemanded());
            case Answer.Unanswered _ -> fail(attempt, waiting, new PasskeyStep.Unanswered());
        };
    }

    /** This answer leads to nothing; another one may. */
    private Optional<Node> fail(Attempt attempt, CompletableFuture<PasskeyStep> waiting, PasskeyStep why) {
        waiting.complete(why);
        if (demand != null && demand.attempt == attempt) {
            demand.attempt = null;
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
