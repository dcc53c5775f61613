package io.greenfinch.simulator.account;

import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the server pushed, or will push, to one device and what that device has not acknowledged yet, in order
 * (specification §15.4, §21). A stanza stays until {@link #acknowledge}, however often it is delivered.
 *
 * <p>Bounded: when a stanza more than the limit comes, the oldest one is lost and {@link #lostStanzas()} says so, upon which the
 * server tells the companion at its next login that its group state is dirty. Not thread-safe.
 */
public final class Mailbox {

    /** How many unacknowledged stanzas a companion may have. */
    public static final int LIMIT = 10_000;

    private final Map<Key, Node> waiting = new LinkedHashMap<>();
    private long lost;

    /** Adds a stanza, which must have an id. A second one with the same kind, id and sender replaces the first. */
    public void add(Node stanza) {
        if (waiting.size() >= LIMIT) {
            Iterator<Key> oldest = waiting.keySet().iterator();
            oldest.next();
            oldest.remove();
            lost++;
        }
        waiting.put(Key.of(stanza), stanza);
    }

    /** Takes a stanza out. */
    public void acknowledge(Node stanza) {
        waiting.remove(Key.of(stanza));
    }

    /**
     * Takes out the stanza that an acknowledgement names.
     *
     * @param kind tag of the acknowledged stanza
     * @param id its id
     * @param from its sender, which the acknowledgement has as {@code to}; without it the id alone decides
     * @return whether there was such a stanza
     */
    public boolean acknowledge(String kind, String id, Optional<Jid> from) {
        if (from.isPresent()) {
            return waiting.remove(new Key(kind, id, from.get().toString())) != null;
        }
        return waiting.keySet()
                .removeIf(key -> key.kind().equals(kind) && key.id().equals(id));
    }

    /** Everything unacknowledged, oldest first; a copy. */
    public List<Node> waiting() {
        return new ArrayList<>(waiting.values());
    }

    public int size() {
        return waiting.size();
    }

    /** How many stanzas were lost to the limit since the last {@link #forgetLosses()}. */
    public long lostStanzas() {
        return lost;
    }

    /** Called when the companion was told of its losses. */
    public void forgetLosses() {
        lost = 0;
    }

    private record Key(String kind, String id, String from) {

        static Key of(Node stanza) {
            return new Key(
                    stanza.tag(),
                    stanza.attribute("id").orElseThrow(),
                    stanza.attribute("from").orElse(""));
        }
    }
}
