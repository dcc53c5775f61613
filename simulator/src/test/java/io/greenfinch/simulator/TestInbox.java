package io.greenfinch.simulator;

import io.greenfinch.protocol.binary.Node;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Stanzas that came, until a test asks for them. */
final class TestInbox {

    private final List<Node> nodes = new ArrayList<>();
    private boolean ended;

    synchronized void add(Node node) {
        nodes.add(node);
        notifyAll();
    }

    /** Nothing will come any more. */
    synchronized void end() {
        ended = true;
        notifyAll();
    }

    /** Takes the first stanza that matches; empty when it does not come in time or nothing comes any more. */
    synchronized Optional<Node> poll(Predicate<Node> wanted, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            for (Iterator<Node> all = nodes.iterator(); all.hasNext(); ) {
                Node node = all.next();
                if (wanted.test(node)) {
                    all.remove();
                    return Optional.of(node);
                }
            }
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (left <= 0 || ended) {
                return Optional.empty();
            }
            try {
                wait(left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return Optional.empty();
            }
        }
    }

    synchronized List<Node> all() {
        return List.copyOf(nodes);
    }
}
