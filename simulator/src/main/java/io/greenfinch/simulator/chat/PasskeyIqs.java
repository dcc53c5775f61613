package io.greenfinch.simulator.chat;

import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import io.greenfinch.protocol.pairing.LinkCode;
import io.greenfinch.protocol.pairing.PasskeyPhone;
import io.greenfinch.simulator.account.Passkey;
import io.greenfinch.simulator.account.SimulatedAccount;
import io.greenfinch.simulator.group.ServiceRefusal;
import io.greenfinch.simulator.request.IqAnswer;
import io.greenfinch.simulator.world.World;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The demand for a passkey before a companion is linked, and what it answers (specification §8): the service checks what was signed, the
 * phone the rest. Guarded by the world's lock.
 */
final class PasskeyIqs {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int RANDOM_BYTES = 32;

    /** How long the owner has for it. */
    static final Duration LIFE = Duration.ofMinutes(10);

    private final World world;
    private final Registration registration;
    private @Nullable Demand demand;

    /** Whose passkey is demanded, and how far the answer has come. */
    private static final class Demand {
        private final SimulatedAccount account;
        private final byte[] shownSecret;
        private String challenge = "";
        private @Nullable PasskeyPhone phone;
        private boolean shown;

        Demand(SimulatedAccount account, byte[] shownSecret) {
            this.account = account;
            this.shownSecret = shownSecret;
        }
    }

    PasskeyIqs(World world, Registration registration) {
        this.world = world;
        this.registration = registration;
    }

    /**
     * From now on it is demanded.
     *
     * @param shownSecret the secret that the phone has seen
     * @return how the companion is told so
     */
    Node demand(SimulatedAccount account, byte[] shownSecret, String id) {
        Demand present = new Demand(account, shownSecret);
        demand = present;
        return notification(id, "passkey_prologue_request")
                .child(Node.text("passkey_request_options", challenge(present)))
                .build();
    }

    private Node.Builder notification(String id, String type) {
        return Node.element("notification")
                .attribute("from", Jid.SERVER)
                .attribute("type", type)
                .attribute("id", id)
                .attribute("t", world.seconds());
    }

    /** Whether somebody is to prove themself now. */
    boolean demanded() {
        return demand != null;
    }

    /** The companion is gone. */
    void closed() {
        if (demand != null) {
            demand.account.shownCode("");
            demand = null;
        }
    }

    /** What is to be signed now; an earlier challenge is void. */
    private String challenge(Demand present) {
        present.challenge = random();
        ObjectNode options = JSON.createObjectNode()
                .put("challenge", present.challenge)
                .put("timeout", LIFE.toMillis())
                .put("rpId", Passkey.RELYING_PARTY);
        options.putArray("allowCredentials")
                .addObject()
                .put("id", present.account.passkey().id())
                .put("type", "public-key");
        return options.put("userVerification", "required").toString();
    }

    private String random() {
        byte[] bytes = new byte[RANDOM_BYTES];
        world.random().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Answers what belongs to it; empty for all else. */
    Optional<PairingReply> answer(Node iq) {
        if (!iq.is("xmlns", "md") || iq.children().size() != 1) {
            return Optional.empty();
        }
        Node asked = iq.children().getFirst();
        boolean get = iq.is("type", "get");
        return switch (asked.tag()) {
            case "ref", "passkey_request_options" -> get ? Optional.of(told(asked.tag())) : Optional.empty();
            case "passkey_prologue", "companion_nonce", "encrypted_pairing_request" ->
                get ? Optional.empty() : Optional.of(taken(asked));
            default -> Optional.empty();
        };
    }

    private PairingReply told(String what) {
        Demand present = demand;
        if (present == null) {
            return PairingReply.refused(ServiceRefusal.ITEM_NOT_FOUND);
        }
        return new PairingReply(IqAnswer.result(Node.text(what, what.equals("ref") ? random() : challenge(present))));
    }

    private PairingReply taken(Node asked) {
        Demand present = demand;
        if (present == null) {
            return PairingReply.refused(ServiceRefusal.ITEM_NOT_FOUND);
        }
        return switch (asked.tag()) {
            case "passkey_prologue" -> prologue(present, asked);
            case "companion_nonce" -> nonce(present, asked.content());
            default -> request(present, asked.content());
        };
    }

    /** A challenge is good for one answer. */
    private PairingReply prologue(Demand present, Node prologue) {
        String challenge = present.challenge;
        present.challenge = "";
        present.phone = null;
        present.shown = false;
        present.account.shownCode("");
        String assertion =
                prologue.child("webauthn_assertion").map(Node::contentText).orElse("");
        if (challenge.isEmpty()
                || !present.account.passkey().signed(challenge, content(prologue, "credential_id"), assertion)) {
            return PairingReply.refused(ServiceRefusal.NOT_AUTHORIZED);
        }
        byte[] payload = content(prologue, "prologue_payload");
        Optional<PasskeyPhone> phone = PasskeyPhone.answering(payload, world.random());
        boolean proven = prologue.child("pairing_handoff_proof")
                .map(proof -> PasskeyPhone.proves(proof.content(), payload, present.shownSecret))
                .orElse(true);
        if (phone.isEmpty() || !proven) {
            return PairingReply.refused(ServiceRefusal.BAD_REQUEST);
        }
        PasskeyPhone answering = phone.get();
        present.phone = answering;
        return new PairingReply(
                IqAnswer.result(),
                () -> registration.send(id -> notification(id, "crsc_continuation")
                        .child(Node.bytes("primary_ephemeral_identity", answering.hello()))
                        .build()));
    }

    private PairingReply nonce(Demand present, byte[] nonce) {
        Optional<LinkCode> code = Optional.ofNullable(present.phone).flatMap(phone -> phone.revealed(nonce));
        if (code.isEmpty()) {
            present.phone = null;
            return PairingReply.refused(ServiceRefusal.BAD_REQUEST);
        }
        present.shown = true;
        present.account.shownCode(code.get().characters());
        return new PairingReply(IqAnswer.result());
    }

    private PairingReply request(Demand present, byte[] request) {
        Optional<PasskeyPhone.Wanted> wanted = Optional.ofNullable(present.phone)
                .filter(_ -> present.shown)
                .flatMap(phone -> phone.opened(request))
                .filter(keys -> registration.connectsWith(keys.noiseKey())
                        && registration.isFrom(keys.identityKey())
                        && keys.advSecret().length == RANDOM_BYTES);
        if (wanted.isEmpty()) {
            return PairingReply.refused(ServiceRefusal.BAD_REQUEST);
        }
        demand = null;
        present.account.shownCode("");
        return new PairingReply(
                IqAnswer.result(),
                () -> registration.takeIn(present.account, wanted.get().advSecret()));
    }

    private static byte[] content(Node parent, String tag) {
        return parent.child(tag).map(Node::content).orElse(new byte[0]);
    }
}
