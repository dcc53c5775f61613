package io.greenfinch.client;

import io.greenfinch.client.time.Timers;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import io.greenfinch.protocol.pairing.ClientHelloPayload;
import io.greenfinch.protocol.pairing.DeviceIdentity;
import io.greenfinch.protocol.pairing.DeviceIdentity.Acceptance;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One attempt to be linked by QR code (specification §7): shows the server's refs one after the other, and when a phone
 * has scanned one, checks what it says and keeps the credentials before the server hears of it. Belongs to the session's
 * thread.
 */
final class Pairing {

    private static final Logger log = LoggerFactory.getLogger(Pairing.class);

    private static final Duration FIRST_REF = Duration.ofSeconds(60);
    private static final Duration OTHER_REFS = Duration.ofSeconds(20);

    /** An attempt that nobody has asked for in this time is given up when its codes are. */
    private static final Duration INTEREST = Duration.ofSeconds(60);

    private static final Pattern PHONE_NUMBER = Pattern.compile("[1-9][0-9]{4,17}");
    private static final int MAX_REFS = 32;
    private static final int MAX_WAITING = 256;

    /** What an attempt leads to. */
    interface Listener {

        /** A phone has accepted us: to be stored, and then {@code confirm} to be run. */
        void paired(Credentials credentials, Runnable confirm);

        /** Nobody is to be linked any more in this attempt. */
        void over(DisconnectCause cause);
    }

    private final Shared shared;
    private final Owner owner;
    private final Link link;
    private final Listener listener;
    private final DeviceKeys keys;
    private final Backoff backoff;
    private final Deque<String> refs = new ArrayDeque<>();
    private final List<CompletableFuture<PairingCode>> waiting = new ArrayList<>();
    private Instant asked;
    private PairingCode.@Nullable Code code;
    private Timers.@Nullable Timer rotation;
    private boolean scanned;

    Pairing(Shared shared, Owner owner, Link link, Listener listener) {
        this.shared = shared;
        this.owner = owner;
        this.link = link;
        this.listener = listener;
        keys = DeviceKeys.generate(shared.random());
        backoff = new Backoff(shared.random());
        asked = shared.clock().instant();
    }

    /** Connects without credentials. */
    void begin() {
        ClientHelloPayload introduction = new ClientHelloPayload.Registration(
                shared.settings().version(),
                Optional.empty(),
                keys.registration(shared.settings().version(), shared.settings().deviceName()));
        link.connect(keys.noise(), introduction);
    }

    /** Somebody wants to see a code: now if there is one, else as soon as there is. */
    void ask(CompletableFuture<PairingCode> answer) {
        asked = shared.clock().instant();
        if (code != null) {
            answer.complete(code);
        } else if (waiting.size() < MAX_WAITING) {
            waiting.add(answer);
        } else {
            answer.complete(new PairingCode.Unavailable(DisconnectCause.NETWORK));
        }
    }

    /** Tells everybody who still waits. */
    void finish(PairingCode answer) {
        stopRotation();
        waiting.forEach(each -> each.complete(answer));
        waiting.clear();
    }

    /** A stanza on the pairing connection. A {@code <success>} here means nothing yet (specification §28). */
    void received(Node stanza) {
        switch (stanza.tag()) {
            case "iq" -> request(stanza);
            case "failure" ->
                stop(Disconnects.ofFailure(stanza, shared.clock().instant()).cause());
            case "stream:error" -> stop(Disconnects.ofStreamError(stanza).cause());
            case "xmlstreamend" -> stop(DisconnectCause.SERVER_RESTART);
            default -> {}
        }
    }

    private void request(Node iq) {
        if (!iq.is("type", "set") && !iq.is("type", "get")) {
            return;
        }
        if (iq.child("pair-device").isPresent()) {
            link.line().accept(result(iq).build());
            link.established(null);
            backoff.reset();
            show(iq.child("pair-device").get());
        } else if (iq.child("pair-success").isPresent()) {
            accept(iq, iq.child("pair-success").get());
        } else {
            link.line().accept(result(iq).build());
        }
    }

    private void show(Node pairDevice) {
        refs.clear();
        pairDevice.children("ref").stream()
                .limit(MAX_REFS)
                .map(Node::contentText)
                .filter(ref ->
                        !ref.isEmpty() && ref.length() < 512 && ref.chars().noneMatch(c -> c == ',' || c == '#'))
                .forEach(refs::add);
        if (refs.isEmpty()) {
            stop(DisconnectCause.PROTOCOL);
        } else {
            rotate(FIRST_REF);
        }
    }

    private void rotate(Duration life) {
        String ref = refs.poll();
        if (ref == null) {
            code = null;
            stop(DisconnectCause.QR_EXPIRED);
            return;
        }
        Instant until = shared.clock().instant().plus(life);
        PairingCode.Code shown = new PairingCode.Code(keys.qrCode(ref).text(), until);
        code = shown;
        stopRotation();
        rotation = shared.timers()
                .at(
                        until,
                        () -> owner.execute(() -> {
                            if (shown.equals(code)) {
                                rotate(OTHER_REFS);
                            }
                        }));
        waiting.forEach(each -> each.complete(shown));
        waiting.clear();
    }

    private void accept(Node iq, Node success) {
        Optional<Jid> pn =
                success.child("device").flatMap(device -> device.jid("jid")).filter(Pairing::isCompanion);
        byte[] identity = success.child("device-identity").map(Node::content).orElse(new byte[0]);
        if (scanned) {
            return;
        }
        if (pn.isEmpty()) {
            refuse(iq, 500, "internal-error");
            return;
        }
        switch (DeviceIdentity.accept(identity, keys.advSecret(), keys.identity(), shared.random())) {
            case Acceptance.Rejected rejected -> refuse(iq, rejected.code(), rejected.text());
            case Acceptance.Accepted accepted -> {
                scanned = true;
                code = null;
                stopRotation();
                listener.paired(credentials(success, pn.get(), accepted), () -> confirm(iq, accepted));
            }
        }
    }

    /** True for an address that can log in: a phone number and a device of it that is not the phone. */
    private static boolean isCompanion(Jid jid) {
        return jid.isPn()
                && jid.device() > 0
                && PHONE_NUMBER.matcher(jid.user()).matches();
    }

    private Credentials credentials(Node success, Jid pn, Acceptance.Accepted accepted) {
        Optional<Jid> lid =
                success.child("device").flatMap(device -> device.jid("lid")).filter(Jid::isLid);
        String platform = success.child("platform")
                .flatMap(node -> node.attribute("name"))
                .orElse("");
        String business =
                success.child("biz").flatMap(node -> node.attribute("name")).orElse("");
        return new Credentials(keys, new Account(pn, lid, platform), accepted.full(), business, 1, false);
    }

    private void confirm(Node iq, Acceptance.Accepted accepted) {
        Node.Builder identity = Node.element("device-identity")
                .attribute("key-index", accepted.keyIndex())
                .bytes(accepted.reply());
        link.line()
                .accept(result(iq)
                        .child(Node.element("pair-device-sign").child(identity))
                        .build());
    }

    private void refuse(Node iq, int errorCode, String text) {
        log.warn("A phone's answer to our QR code was refused: {} {}", errorCode, text);
        Node.Builder error = Node.element("error").attribute("code", errorCode).attribute("text", text);
        link.line().accept(reply(iq, "error").child(error).build());
        stop(DisconnectCause.PROTOCOL);
    }

    private void stop(DisconnectCause cause) {
        link.end();
        ended(cause);
    }

    /** The connection is over; as long as somebody is interested, and no phone has scanned, there will be another. */
    void ended(DisconnectCause cause) {
        if (scanned) {
            return; // the credentials are being stored; login comes next in any case
        }
        code = null;
        stopRotation();
        boolean interest = asked.plus(INTEREST).isAfter(shared.clock().instant());
        if (interest && passes(cause)) {
            link.later(waiting.isEmpty() ? backoff.next() : backoff.nextWanted(), this::begin);
        } else {
            listener.over(cause);
        }
    }

    private static boolean passes(DisconnectCause cause) {
        return switch (cause) {
            case NETWORK, SERVER_RESTART, SERVER_ERROR, QR_EXPIRED, KEEPALIVE_TIMEOUT -> true;
            case CLOSED_BY_US, CERTIFICATE, PROTOCOL, STORE, UNLINKED, REPLACED, SUSPENDED, BLOCKED, CLIENT_OUTDATED ->
                false;
        };
    }

    private void stopRotation() {
        if (rotation != null) {
            rotation.cancel();
            rotation = null;
        }
    }

    private static Node.Builder result(Node iq) {
        return reply(iq, "result");
    }

    private static Node.Builder reply(Node iq, String type) {
        return Node.element("iq")
                .attribute("to", Jid.SERVER)
                .attribute("type", type)
                .attribute("id", iq.attribute("id").orElse(""));
    }
}
