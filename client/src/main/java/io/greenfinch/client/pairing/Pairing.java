package io.greenfinch.client.pairing;

import io.greenfinch.client.DisconnectCause;
import io.greenfinch.client.PairingCode;
import io.greenfinch.client.PhoneCode;
import io.greenfinch.client.connection.Backoff;
import io.greenfinch.client.connection.ClientContext;
import io.greenfinch.client.connection.Link;
import io.greenfinch.client.keys.Credentials;
import io.greenfinch.client.keys.DeviceKeys;
import io.greenfinch.client.stanza.Disconnects;
import io.greenfinch.client.stanza.Requests;
import io.greenfinch.protocol.binary.AttributeValue;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import io.greenfinch.protocol.pairing.ClientHelloPayload;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One attempt to be linked (specification §7): shows the server's refs one after the other, and when a phone has scanned
 * one, or somebody has typed a code on it, checks what it says and keeps the credentials before the server hears of it.
 * Belongs to the session's thread.
 */
public final class Pairing {

    private static final Logger log = LoggerFactory.getLogger(Pairing.class);

    /** An attempt that nobody has asked for in this time is given up when its codes are. */
    private static final Duration INTEREST = Duration.ofSeconds(60);

    /** How much of a connection's life may be over before a code to type is asked for on a new one: it dies with it. */
    private static final Duration FRESH = Duration.ofSeconds(10);

    /** What an attempt leads to. */
    public interface Listener {

        /** A phone has accepted us: to be stored, and then {@code confirm} to be run. */
        void paired(Credentials credentials, Runnable confirm);

        /** WhatsApp demands a passkey on this connection, or on the next one no longer. */
        void passkeyRequired(boolean now);

        /** Nobody is to be linked any more in this attempt. */
        void over(DisconnectCause cause);
    }

    private final ClientContext shared;
    private final Link link;
    private final Requests requests;
    private final Listener listener;
    private final DeviceKeys keys;
    private final PhoneCodePairing phone;
    private final Backoff backoff;
    private final QrCodes codes;
    private final PasskeyPairing passkey;
    private Instant asked;
    private @Nullable Instant shownSince;
    private @Nullable Instant next;
    private boolean scanned;

    public Pairing(ClientContext shared, Executor owner, Link link, Requests requests, Listener listener) {
        this.shared = shared;
        this.link = link;
        this.requests = requests;
        this.listener = listener;
        keys = DeviceKeys.generate(shared.random());
        codes = new QrCodes(shared, owner, keys, () -> stop(DisconnectCause.QR_EXPIRED));
        phone = new PhoneCodePairing(shared, owner, link, requests, keys);
        passkey = new PasskeyPairing(shared, link, requests, keys);
        backoff = new Backoff(shared.random());
        asked = shared.clock().instant();
    }

    /** Connects without credentials. */
    public void begin() {
        next = null;
        ClientHelloPayload introduction = new ClientHelloPayload.Registration(
                shared.settings().version(),
                Optional.empty(),
                keys.registration(shared.settings().version(), shared.settings().deviceName()));
        link.connect(keys.noise(), introduction);
    }

    /**
     * Somebody wants to see a code: now if there is one, else as soon as there is.
     *
     * @param seen the code they have already, if any: they want the next one
     */
    public void ask(Optional<PairingCode.Code> seen, CompletableFuture<PairingCode> answer) {
        asked = shared.clock().instant();
        hurry();
        codes.ask(seen, answer);
    }

    /** Somebody wants a code to type on the phone with this number. */
    public void askPhone(String number, AwaitedCode answer) {
        asked = shared.clock().instant();
        hurry();
        Optional<PairingCode.PasskeyRequired> demanded = passkey.demanded(number);
        if (demanded.isPresent()) {
            answer.complete(PhoneCode.like(demanded.get()));
            return;
        }
        boolean aged =
                shownSince != null && !phone.wanted() && shownSince.plus(FRESH).isBefore(asked);
        // What was demanded of somebody else says nothing of this number.
        if (passkey.demanded() || aged) {
            forgetConnection();
            link.end();
            begin();
        }
        phone.ask(number, answer);
    }

    /** The part that goes by a passkey. */
    public PasskeyPairing passkey() {
        return passkey;
    }

    /** Tells everybody who still waits. */
    public void finish(PairingCode answer) {
        codes.finish(answer);
        phone.finish(PhoneCode.like(answer));
        var _ = passkey.lost();
    }

    /** A stanza on the pairing connection. A {@code <success>} here means nothing yet (specification §28). */
    public void received(Node stanza) {
        switch (stanza.tag()) {
            case "iq" -> iq(stanza);
            case "notification" -> notification(stanza);
            case "failure" ->
                stop(Disconnects.ofFailure(stanza, shared.clock().instant()).cause());
            case "stream:error" -> stop(Disconnects.ofStreamError(stanza).cause());
            case "xmlstreamend" -> stop(DisconnectCause.SERVER_RESTART);
            default -> {}
        }
    }

    private void iq(Node iq) {
        switch (iq.attribute("type").orElse("")) {
            case "result", "error" -> requests.answered(iq);
            case "get", "set" -> request(iq);
            default -> shared.stranger("<iq> of no type");
        }
    }

    private void notification(Node notification) {
        Node.Builder ack = Node.element("ack").attribute("class", "notification");
        copy(notification, "id", "id", ack);
        copy(notification, "from", "to", ack);
        copy(notification, "type", "type", ack);
        link.line().accept(ack.build());
        switch (notification.attribute("type").orElse("")) {
            case "link_code_companion_reg" -> phone.received(notification);
            case "passkey_prologue_request" -> passkey(notification);
            case "crsc_continuation" -> passkey.continued(notification);
            case String type -> shared.stranger("<notification " + type + "> while linking");
        }
    }

    private static void copy(Node from, String name, String as, Node.Builder to) {
        Optional<AttributeValue> value = Optional.ofNullable(from.attributes().get(name));
        to.attribute(as, value);
    }

    /** Only the account's owner can answer this: whoever waits is told, and no more codes are shown on this connection. */
    private void passkey(Node notification) {
        if (scanned) {
            return;
        }
        byte[] shown = phone.secrets().stream().findFirst().orElse(keys.advSecret());
        passkey.begin(notification, phone.number(), shown, required -> {
            codes.showInstead(required);
            phone.finish(PhoneCode.like(required));
        });
        log.info("WhatsApp demands a passkey for linking");
        listener.passkeyRequired(true);
    }

    private void request(Node iq) {
        if (iq.child("pair-device").isPresent()) {
            link.line().accept(result(iq).build());
            link.established(ping -> link.line()
                    .accept(ping.toBuilder().attribute("id", requests.nextId()).build()));
            backoff.reset();
            shownSince = shared.clock().instant();
            codes.show(iq.child("pair-device").get())
                    .ifPresentOrElse(phone::ready, () -> stop(DisconnectCause.PROTOCOL));
        } else if (iq.child("pair-success").isPresent()) {
            accept(iq, iq.child("pair-success").get());
        } else {
            link.line().accept(result(iq).build());
        }
    }

    private void accept(Node iq, Node success) {
        if (scanned) {
            return;
        }
        switch (PairSuccess.check(success, keys, secrets(), shared.random())) {
            case PairSuccess.Refused refused -> refuse(iq, refused.code(), refused.text());
            case PairSuccess.Accepted accepted -> {
                scanned = true;
                passkey.accepted();
                codes.clear();
                Node confirmation = result(iq).child(accepted.confirmation()).build();
                listener.paired(accepted.credentials(), () -> link.line().accept(confirmation));
            }
        }
    }

    /** Those under which the phone may take us in, besides that of the QR code. */
    private List<byte[]> secrets() {
        return Stream.concat(passkey.secrets().stream(), phone.secrets().stream())
                .toList();
    }

    private void refuse(Node iq, int errorCode, String text) {
        log.warn("A phone's answer to our code was refused: {} {}", errorCode, text);
        Node.Builder error = Node.element("error").attribute("code", errorCode).attribute("text", text);
        link.line().accept(reply(iq, "error").child(error).build());
        stop(DisconnectCause.PROTOCOL);
    }

    private void stop(DisconnectCause cause) {
        link.end();
        ended(cause);
    }

    /** Nobody wants this attempt any more. What a phone has accepted goes on all the same. */
    public void abandon() {
        if (!scanned) {
            forgetConnection();
            listener.over(DisconnectCause.CLOSED_BY_US);
        }
    }

    /** The connection is over; as long as somebody is interested, and no phone has scanned, there will be another. */
    public void ended(DisconnectCause cause) {
        if (scanned) {
            return; // the credentials are being stored; login comes next in any case
        }
        forgetConnection();
        boolean watched = codes.wanted() || phone.wanted();
        boolean interest =
                watched || asked.plus(INTEREST).isAfter(shared.clock().instant());
        if (cause.unreachable()) {
            finish(new PairingCode.Unavailable(cause));
        }
        if (interest && cause.passesWhileLinking()) {
            plan(watched ? backoff.nextWanted() : backoff.next());
        } else {
            listener.over(cause);
        }
    }

    private void plan(Duration wait) {
        next = shared.clock().instant().plus(wait);
        link.later(wait, this::begin);
    }

    /** Somebody asks while the next connection is planned for later than they want to wait. */
    private void hurry() {
        if (next != null && next.isAfter(asked.plus(Backoff.LONGEST_WANTED))) {
            plan(Backoff.LONGEST_WANTED);
        }
    }

    /** Codes, and what was asked, are good on their connection alone. */
    private void forgetConnection() {
        codes.clear();
        shownSince = null;
        if (passkey.lost()) {
            listener.passkeyRequired(false);
        }
        phone.lost();
        requests.offline();
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
