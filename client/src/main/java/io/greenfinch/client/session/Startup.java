package io.greenfinch.client.session;

import io.greenfinch.client.connection.ClientContext;
import io.greenfinch.client.keys.PreKeys;
import io.greenfinch.client.stanza.Answer;
import io.greenfinch.client.stanza.Request;
import io.greenfinch.client.stanza.Requests;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a companion does after {@code <success>}, in the order of other clients: see to it that the server has one-time
 * prekeys of us, declare itself active, take in what waited for it; then it is online (specification §10). One per
 * connection. Belongs to the session's thread.
 */
final class Startup {

    private static final Logger log = LoggerFactory.getLogger(Startup.class);

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** How long after {@code active}, or after what came last of the offline queue, we wait for its end; not every server tells it. */
    private static final Duration OFFLINE_PATIENCE = Duration.ofSeconds(5);

    /** No queue keeps us from sending for longer. */
    private static final Duration LONGEST_OFFLINE_PATIENCE = Duration.ofMinutes(2);

    private final ClientContext shared;
    private final Owner owner;
    private final Requests requests;
    private final PreKeys preKeys;
    private final Consumer<Node> line;
    private final Runnable online;
    private boolean active;
    private boolean offlineDone;
    private boolean done;
    private Instant queuedLast = Instant.MIN;

    /**
     * A startup not begun.
     *
     * @param online runs once, when everything is done
     */
    Startup(
            ClientContext shared,
            Owner owner,
            Requests requests,
            PreKeys preKeys,
            Consumer<Node> line,
            Runnable online) {
        this.shared = shared;
        this.owner = owner;
        this.requests = requests;
        this.preKeys = preKeys;
        this.line = line;
        this.online = online;
    }

    void begin() {
        preKeys.check(this::activate);
    }

    /** Something of the offline queue has come, so that more may come. */
    void queued() {
        queuedLast = shared.clock().instant();
    }

    /** The offline queue is through. */
    void offlineDone() {
        offlineDone = true;
        finish();
    }

    private void activate() {
        Node passive = Node.element("iq")
                .attribute("to", Jid.SERVER)
                .attribute("type", "set")
                .attribute("xmlns", "passive")
                .child(Node.empty("active"))
                .build();
        ask(passive, answer -> {
            if (answer instanceof Answer.Lost) {
                return;
            }
            if (!(answer instanceof Answer.Result)) {
                log.warn(
                        "The server did not confirm that we are active: {}",
                        answer.getClass().getSimpleName());
            }
            active = true;
            Instant now = shared.clock().instant();
            wait(now.plus(OFFLINE_PATIENCE), now.plus(LONGEST_OFFLINE_PATIENCE));
            finish();
        });
    }

    private void wait(Instant next, Instant latest) {
        shared.timers()
                .at(
                        next,
                        () -> owner.execute(() -> {
                            Instant silent = queuedLast.plus(OFFLINE_PATIENCE);
                            Instant now = shared.clock().instant();
                            if (offlineDone || !silent.isAfter(now) || !latest.isAfter(now)) {
                                offlineDone();
                            } else {
                                wait(silent, latest);
                            }
                        }));
    }

    private void finish() {
        if (active && offlineDone && !done) {
            done = true;
            online.run();
        }
    }

    private void ask(Node iq, Consumer<Answer> then) {
        requests.send(new Request(iq, shared.clock().instant().plus(PATIENCE), then::accept), line);
    }
}
