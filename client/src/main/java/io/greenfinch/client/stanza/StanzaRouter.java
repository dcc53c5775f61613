package io.greenfinch.client.stanza;

import io.greenfinch.client.connection.ClientContext;
import io.greenfinch.client.store.MissingStateException;
import io.greenfinch.client.store.StoreException;
import io.greenfinch.protocol.binary.MalformedStanzaException;
import io.greenfinch.protocol.binary.Node;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The table of stanzas that come in on one connection: who decides about which, and which are acknowledged (specification
 * §15.4). A stanza that the server keeps until it is acknowledged gets its place in the order when it comes; it is
 * acknowledged when its consequences are stored, also when it means nothing to us: it would come again for ever.
 *
 * <p>A failure is contained in its stanza: it is answered with an error, counted, and logged once without content.
 * Belongs to the session's thread.
 */
public final class StanzaRouter {

    private static final Logger log = LoggerFactory.getLogger(StanzaRouter.class);

    /** Stanzas that the server keeps until they are acknowledged. */
    private static final Set<String> KEPT = Set.of("message", "receipt", "notification", "call");

    private static final String ANY = "";

    private final ClientContext shared;
    private final Intake intake;
    private final OrderedSteps steps;
    private final Executor owner;
    private final Consumer<Node> line;
    private final Runnable queued;
    private final Map<String, Map<String, StanzaHandler>> handlers = new HashMap<>();
    private final Map<String, Consumer<Node>> direct = new HashMap<>();

    /**
     * An empty table.
     *
     * @param line sends on this connection and on no later one
     * @param queued told of each stanza that waited at the server while we were away
     */
    public StanzaRouter(
            ClientContext shared,
            Intake intake,
            OrderedSteps steps,
            Executor owner,
            Consumer<Node> line,
            Runnable queued) {
        this.shared = shared;
        this.intake = intake;
        this.steps = steps;
        this.owner = owner;
        this.line = line;
        this.queued = queued;
    }

    /** Stanzas of this tag that no other line names. */
    public StanzaRouter on(String tag, StanzaHandler handler) {
        return on(tag, ANY, handler);
    }

    /** Stanzas of this tag and type. */
    public StanzaRouter on(String tag, String type, StanzaHandler handler) {
        if (!KEPT.contains(tag)) {
            throw new IllegalArgumentException("<" + tag + "> is not acknowledged");
        }
        handlers.computeIfAbsent(tag, key -> new HashMap<>()).put(type, handler);
        return this;
    }

    /** Stanzas of this tag, which nobody waits to see acknowledged and which store nothing. */
    public StanzaRouter direct(String tag, Consumer<Node> taker) {
        direct.put(tag, taker);
        return this;
    }

    /** A stanza has come in. */
    public void received(Node stanza) {
        StanzaHandler handler = handler(stanza);
        if (handler != null) {
            Intake.Place place = intake.reserve();
            steps.run(handler.needs(stanza), () -> decide(stanza, handler, place));
        } else {
            Consumer<Node> taker = direct.get(stanza.tag());
            if (taker == null) {
                shared.stranger("<" + stanza.tag() + ">");
            } else {
                contained(stanza, () -> taker.accept(stanza));
            }
        }
        count(stanza);
    }

    /** A stanza has come in that can't be read: answered if enough of it can, and passed over in any case. */
    public void unreadable(MalformedStanzaException failure) {
        Node head = failure.head().orElse(null);
        String tag = head == null ? "" : head.tag();
        if (shared.first("unreadable <" + tag + ">")) {
            log.warn("A stanza <{}> can't be read and is passed over", tag);
        }
        if (head == null) {
            queued.run(); // it may have waited for us: who counts too many gets the next ones a little earlier
            return;
        }
        if (KEPT.contains(head.tag()) && head.has("id") && head.has("from")) {
            refuse(head, StanzaErrors.of(failure), intake.reserve());
        }
        count(head);
    }

    private void count(Node stanza) {
        if (stanza.has("offline")) {
            queued.run();
        }
    }

    private @Nullable StanzaHandler handler(Node stanza) {
        Map<String, StanzaHandler> byType = handlers.get(stanza.tag());
        if (byType == null) {
            return null;
        }
        StanzaHandler found = byType.get(stanza.attribute("type").orElse(ANY));
        return found != null ? found : byType.get(ANY);
    }

    private void decide(Node stanza, StanzaHandler handler, Intake.Place place) {
        StanzaDecision decision;
        CompletableFuture<Void> condition;
        try {
            decision = handler.decide(stanza);
            condition = decision.begin();
        } catch (MissingStateException missing) {
            throw missing;
        } catch (StoreException e) {
            throw e; // no fault of the stanza
        } catch (Throwable e) {
            report(stanza, e);
            refuse(stanza, StanzaErrors.of(e), place);
            return;
        }
        place.fill(decision.changes(), decision.events(), () -> {
            if (condition.isDone() && !condition.isCompletedExceptionally()) {
                answer(stanza, decision);
            } else {
                var _ = condition.thenRun(() -> owner.execute(() -> answer(stanza, decision)));
            }
        });
        decision.effects().forEach(effect -> contained(stanza, effect));
        if (decision.error() != 0) {
            shared.metrics().nacked(decision.error());
        }
    }

    private void answer(Node stanza, StanzaDecision decision) {
        line.accept(Acknowledgement.of(stanza, decision.error()));
        decision.followUps().forEach(followUp -> contained(stanza, followUp));
    }

    private void refuse(Node stanza, int error, Intake.Place place) {
        shared.metrics().nacked(error);
        place.refuse(() -> line.accept(Acknowledgement.of(stanza, error)));
    }

    /** What is done beside a decision must not spoil it, nor what comes after. */
    private void contained(Node stanza, Runnable work) {
        try {
            work.run();
        } catch (Throwable e) {
            report(stanza, e);
        }
    }

    private void report(Node stanza, Throwable failure) {
        String kind = "<" + stanza.tag() + " " + stanza.attribute("type").orElse("") + ">";
        if (shared.first("failure of " + kind + " " + failure.getClass().getName())) {
            log.error("Stanzas {} can't be dealt with: {}", kind, StanzaErrors.withoutContent(failure));
        }
    }
}
