package io.greenfinch.client.pairing;

import io.greenfinch.client.DisconnectCause;
import io.greenfinch.client.PairingCode;
import io.greenfinch.client.connection.ClientContext;
import io.greenfinch.client.keys.DeviceKeys;
import io.greenfinch.client.time.Timers;
import io.greenfinch.protocol.binary.Node;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The QR codes of an attempt to be linked, one after the other, and those who wait for the next (specification §7.1).
 * Belongs to the session's thread.
 */
final class QrCodes {

    private static final Duration FIRST_REF = Duration.ofSeconds(60);
    private static final Duration OTHER_REFS = Duration.ofSeconds(20);
    /** As long as a challenge for a passkey is good, as far as other clients know. */
    private static final Duration INSTEAD = Duration.ofMinutes(10);

    private static final int MAX_REFS = 32;
    private static final int MAX_REF = 512;
    private static final int MAX_WAITING = 256;

    private final ClientContext shared;
    private final Executor owner;
    private final DeviceKeys keys;
    private final Runnable usedUp;
    private final Deque<String> refs = new ArrayDeque<>();
    private final List<CompletableFuture<PairingCode>> waiting = new ArrayList<>();
    private PairingCode.@Nullable Code code;
    private @Nullable PairingCode instead;
    private Timers.@Nullable Timer rotation;

    /**
     * No codes yet.
     *
     * @param usedUp is told when the last code has had its time
     */
    QrCodes(ClientContext shared, Executor owner, DeviceKeys keys, Runnable usedUp) {
        this.shared = shared;
        this.owner = owner;
        this.keys = keys;
        this.usedUp = usedUp;
    }

    /**
     * Somebody wants to see a code: now if there is one, else as soon as there is.
     *
     * @param seen the code they have already, if any: they want the next one
     */
    void ask(Optional<PairingCode.Code> seen, CompletableFuture<PairingCode> answer) {
        waiting.removeIf(CompletableFuture::isDone);
        if (instead != null) {
            answer.complete(instead);
        } else if (code != null && !code.equals(seen.orElse(null))) {
            answer.complete(code);
        } else if (waiting.size() < MAX_WAITING) {
            waiting.add(answer);
        } else {
            answer.complete(new PairingCode.Unavailable(DisconnectCause.NETWORK));
        }
    }

    /** Whether somebody waits for a code. */
    boolean wanted() {
        return waiting.stream().anyMatch(answer -> !answer.isDone());
    }

    /** Shows the refs that the server gave; the time when they will be used up, empty when there is none among them. */
    Optional<Instant> show(Node pairDevice) {
        refs.clear();
        pairDevice.children("ref").stream()
                .limit(MAX_REFS)
                .map(Node::contentText)
                .filter(ref ->
                        !ref.isEmpty() && ref.length() < MAX_REF && ref.chars().noneMatch(c -> c == ',' || c == '#'))
                .forEach(refs::add);
        if (refs.isEmpty()) {
            return Optional.empty();
        }
        // Reckoned before anybody is told of the first.
        Instant end = shared.clock().instant().plus(FIRST_REF).plus(OTHER_REFS.multipliedBy(refs.size() - 1));
        rotate(FIRST_REF);
        return Optional.of(end);
    }

    private void rotate(Duration life) {
        stopRotation();
        String ref = refs.poll();
        if (ref == null) {
            code = null;
            usedUp.run();
            return;
        }
        Instant until = shared.clock().instant().plus(life);
        PairingCode.Code shown = new PairingCode.Code(keys.qrCode(ref).text(), until);
        code = shown;
        rotation = shared.timers()
                .at(
                        until,
                        () -> owner.execute(() -> {
                            if (shown.equals(code)) {
                                rotate(OTHER_REFS);
                            }
                        }));
        if (instead == null) {
            answerAll(shown);
        }
    }

    /**
     * Whoever waits gets this, and everybody who asks, until ten minutes after this was said first, or until all is {@link #clear
     * cleared}. These codes are worth nothing any more.
     */
    void showInstead(PairingCode outcome) {
        if (instead == null) {
            stopRotation();
            refs.clear();
            code = null;
            rotation = shared.timers()
                    .at(
                            shared.clock().instant().plus(INSTEAD),
                            () -> owner.execute(() -> {
                                if (instead != null) {
                                    usedUp.run();
                                }
                            }));
        }
        instead = outcome;
        answerAll(outcome);
    }

    /** These codes are good for nothing any more. Who waits gets one of the next. */
    void clear() {
        code = null;
        instead = null;
        stopRotation();
    }

    /** Tells everybody who still waits. */
    void finish(PairingCode outcome) {
        stopRotation();
        answerAll(outcome);
    }

    private void answerAll(PairingCode outcome) {
        waiting.forEach(each -> each.complete(outcome));
        waiting.clear();
    }

    private void stopRotation() {
        if (rotation != null) {
            rotation.cancel();
            rotation = null;
        }
    }
}
