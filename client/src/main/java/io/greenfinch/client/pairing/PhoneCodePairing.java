package io.greenfinch.client.pairing;

import io.greenfinch.client.DisconnectCause;
import io.greenfinch.client.PhoneCode;
import io.greenfinch.client.connection.ClientContext;
import io.greenfinch.client.connection.Link;
import io.greenfinch.client.keys.DeviceKeys;
import io.greenfinch.client.stanza.Answer;
import io.greenfinch.client.stanza.Request;
import io.greenfinch.client.stanza.Requests;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import io.greenfinch.protocol.pairing.LinkCodeCompanion;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The part of an attempt to be linked that goes by a code typed on the phone (specification §8). Belongs to the session's
 * thread; what takes long, the keys under the code, is made on virtual threads of its own.
 */
final class PhoneCodePairing {

    private static final Logger log = LoggerFactory.getLogger(PhoneCodePairing.class);

    /** How long a code is good, if its connection lasts. */
    private static final Duration LIFE = Duration.ofMinutes(3);

    private static final Duration ANSWER_WAIT = Duration.ofSeconds(20);

    /** The service lets the phone try three times; each try costs us a key derivation. */
    private static final int MAX_TRIES = 5;

    private static final int MAX_REF = 512;

    /** The real service takes common browsers and systems only, whatever our name is (specification §8). */
    private static final String DISPLAY = "Chrome (Linux)";

    private static final String PLATFORM_CHROME = "1";

    private final ClientContext shared;
    private final Executor owner;
    private final Link link;
    private final Requests requests;
    private final DeviceKeys keys;
    private final AwaitedCodes waiting = new AwaitedCodes();
    private final List<byte[]> secrets = new ArrayList<>();
    private String number = "";
    private long turn;
    private @Nullable Instant end;
    private @Nullable Shown shown;

    /** A code that somebody may type now. */
    private static final class Shown {
        private final LinkCodeCompanion companion;
        private final byte[] ref;
        private final Instant until;
        private int tries;
        private boolean busy;
        private @Nullable Node next;

        Shown(LinkCodeCompanion companion, byte[] ref, Instant until) {
            this.companion = companion;
            this.ref = ref;
            this.until = until;
        }
    }

    PhoneCodePairing(ClientContext shared, Executor owner, Link link, Requests requests, DeviceKeys keys) {
        this.shared = shared;
        this.owner = owner;
        this.link = link;
        this.requests = requests;
        this.keys = keys;
    }

    /** Somebody wants a code for the phone with this number: a new one, unless one is just being asked for. */
    void ask(String phone, AwaitedCode answer) {
        if (!phone.equals(number)) {
            waiting.none(DisconnectCause.CLOSED_BY_US);
        }
        if (waiting.add(answer)) {
            number = phone;
            begin();
        }
    }

    /** Whether somebody waits for a code. */
    boolean wanted() {
        return waiting.wanted();
    }

    /** The number for which there is a code now, or soon; empty when there is none. */
    String number() {
        return shown != null || wanted() ? number : "";
    }

    /** The connection is good for codes, and will be until then. */
    void ready(Instant until) {
        end = until;
        if (wanted()) {
            begin();
        }
    }

    /** The connection is gone, and every code with it. Who waits for one gets it on the next. */
    void lost() {
        turn++;
        end = null;
        shown = null;
        secrets.clear();
    }

    /** Tells everybody who still waits. */
    void finish(PhoneCode outcome) {
        lost();
        if (outcome instanceof PhoneCode.Unavailable(DisconnectCause cause)) {
            waiting.none(cause);
        } else {
            waiting.answer(outcome);
        }
    }

    /** Secrets under which the phone may take us in: one for each time somebody typed a code. */
    List<byte[]> secrets() {
        return secrets;
    }

    private void begin() {
        shown = null;
        long mine = ++turn;
        Instant until = end;
        if (until != null) {
            aside(() -> {
                LinkCodeCompanion companion = new LinkCodeCompanion(shared.random());
                return () -> {
                    if (turn == mine) {
                        hello(companion, until, mine);
                    }
                };
            });
        }
    }

    private interface LongWork {
        /** Works, and says what is to be done with it on the session's thread. */
        Runnable work();
    }

    private void aside(LongWork work) {
        var _ = Thread.ofVirtual().name("link-code").start(() -> owner.execute(work.work()));
    }

    private void hello(LinkCodeCompanion companion, Instant end, long mine) {
        Instant now = shared.clock().instant();
        Instant until = now.plus(LIFE).isBefore(end) ? now.plus(LIFE) : end;
        Node registration = registration("companion_hello")
                .attribute("should_show_push_notification", "true")
                .child(Node.bytes("link_code_pairing_wrapped_companion_ephemeral_pub", companion.hello()))
                .child(Node.bytes("companion_server_auth_key_pub", keys.noise().publicKey()))
                .child(Node.text("companion_platform_id", PLATFORM_CHROME))
                .child(Node.text("companion_platform_display", DISPLAY))
                .child(Node.text("link_code_pairing_nonce", "0"))
                .build();
        waiting.asked();
        request(registration, answer -> {
            if (turn == mine) {
                answered(answer, companion, until);
            }
        });
    }

    private void answered(Answer answer, LinkCodeCompanion companion, Instant until) {
        switch (answer) {
            case Answer.Result result -> {
                byte[] ref = result.stanza()
                        .child("link_code_companion_reg")
                        .flatMap(registration -> registration.child("link_code_pairing_ref"))
                        .map(Node::content)
                        .orElse(new byte[0]);
                if (ref.length == 0 || ref.length > MAX_REF) {
                    waiting.none(DisconnectCause.PROTOCOL);
                } else {
                    shown = new Shown(companion, ref, until);
                    waiting.answer(new PhoneCode.Code(companion.code().characters(), until));
                }
            }
            case Answer.Refused refused -> waiting.answer(new PhoneCode.Refused(refused.code(), refused.text()));
            case Answer.Lost lost -> {} // they wait for the next connection
            case Answer.Unanswered unanswered -> waiting.none(DisconnectCause.SERVER_ERROR);
            case Answer.NotSent notSent -> waiting.answer(new PhoneCode.Unavailable(DisconnectCause.NETWORK));
            case Answer.NotLinked notLinked -> waiting.answer(new PhoneCode.Unavailable(DisconnectCause.NETWORK));
        }
    }

    /** A notification of the service about codes. */
    void received(Node notification) {
        Optional<Node> registration = notification.child("link_code_companion_reg");
        switch (registration.flatMap(node -> node.attribute("stage")).orElse("")) {
            case "primary_hello" -> registration.ifPresent(this::typed);
            case "refresh_code" -> {
                log.info("WhatsApp wants a new code: the present one is void");
                shown = null;
            }
            default -> shared.stranger("<notification link_code_companion_reg> of no known stage");
        }
    }

    /** Somebody typed a code on the phone. Whether it was ours will be seen by the phone, not by us. */
    private void typed(Node hello) {
        Shown code = shown;
        byte[] ref = hello.child("link_code_pairing_ref").map(Node::content).orElse(new byte[0]);
        if (code == null
                || !Arrays.equals(ref, code.ref)
                || !shared.clock().instant().isBefore(code.until)) {
            log.info("A phone answers a code that we don't show any more");
        } else if (code.busy) {
            code.next = hello;
        } else if (code.tries++ < MAX_TRIES) {
            answer(code, hello);
        }
    }

    private void answer(Shown code, Node hello) {
        code.busy = true;
        byte[] key = content(hello, "link_code_pairing_wrapped_primary_ephemeral_pub");
        byte[] phone = content(hello, "primary_identity_pub");
        aside(() -> {
            Optional<LinkCodeCompanion.Finish> finish = code.companion.finish(key, phone, keys.identity());
            return () -> {
                code.busy = false;
                if (shown == code) {
                    finish.ifPresentOrElse(
                            made -> finish(code, made), () -> log.warn("A phone sent a key that is none"));
                    Node next = code.next;
                    code.next = null;
                    if (next != null) {
                        typed(next);
                    }
                }
            };
        });
    }

    private void finish(Shown code, LinkCodeCompanion.Finish made) {
        secrets.addFirst(made.advSecret());
        Node registration = registration("companion_finish")
                .child(Node.bytes("link_code_pairing_wrapped_key_bundle", made.bundle()))
                .child(Node.bytes("companion_identity_public", keys.identity().publicKey()))
                .child(Node.bytes("link_code_pairing_ref", code.ref))
                .build();
        request(registration, answer -> {
            if (answer instanceof Answer.Refused refused) {
                log.warn("WhatsApp refused the last step of a linking: {} {}", refused.code(), refused.text());
            }
        });
    }

    private static byte[] content(Node parent, String tag) {
        return parent.child(tag).map(Node::content).orElse(new byte[0]);
    }

    private Node.Builder registration(String stage) {
        return Node.element("link_code_companion_reg")
                .attribute("jid", Jid.pn(number))
                .attribute("stage", stage);
    }

    private void request(Node registration, Consumer<Answer> answered) {
        Node iq = Node.element("iq")
                .attribute("to", Jid.SERVER)
                .attribute("type", "set")
                .attribute("xmlns", "md")
                .child(registration)
                .build();
        requests.send(new Request(iq, shared.clock().instant().plus(ANSWER_WAIT), answered::accept), link.line());
    }
}
