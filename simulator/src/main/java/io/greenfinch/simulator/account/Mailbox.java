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
     * Takes out the stanza that an acknowledgement names by its id, by its sender in {@code to} and, where several have these in common,
     * by {@code participant} and {@code type}. What it does not name does not matter.
     *
     * @param kind tag of the acknowledged stanza
     * @param id its id
     * @return whether there was such a stanza
     */
    public boolean acknowledge(String kind, String id, Node by) {
        Key named = Key.of(kind, id, by.jid("to"), by);
        return waiting.remove(named) != null
                || (named.vague() && waiting.keySet().removeIf(named::covers));
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

    /**
     * What tells a stanza from others. The same message is confirmed by many receipts, and ids of messages are unique for their sender only.
     *
     * @param from the sender; of a message the account, since clients name its device or don't
     * @param participant who wrote a message to a group, or confirms it
     * @param type what a receipt says
     */
    private record Key(String kind, String id, String from, String participant, String type) {

        private static final String MESSAGE = "message";
        private static final String RECEIPT = "receipt";

        static Key of(Node stanza) {
            return of(stanza.tag(), stanza.attribute("id").orElseThrow(), stanza.jid("from"), stanza);
        }

        static Key of(String kind, String id, Optional<Jid> from, Node details) {
            Optional<Jid> participant = details.jid("participant");
            boolean message = kind.equals(MESSAGE);
            boolean receipt = kind.equals(RECEIPT);
            return new Key(
                    kind,
                    id,
                    text(message ? from.map(Jid::account) : from),
                    text(message ? participant.map(Jid::account) : receipt ? participant : Optional.empty()),
                    receipt ? details.attribute("type").orElse("") : "");
        }

        private static String text(Optional<Jid> jid) {
            return jid.map(Jid::toString).orElse("");
        }

        /** Whether an acknowledgement that says so much leaves something out; most do not, and need no search. */
        boolean vague() {
            return from.isEmpty()
                    || switch (kind) {
                        case MESSAGE -> participant.isEmpty() && from.endsWith("@" + Jid.GROUPS);
                        case RECEIPT -> participant.isEmpty() || type.isEmpty();
                        default -> false;
                    };
        }

        /** Whether this is what an acknowledgement names that may leave something out. */
        boolean covers(Key other) {
            return kind.equals(other.kind)
                    && id.equals(other.id)
                    && (from.isEmpty() || from.equals(other.from))
                    && (participant.isEmpty() || participant.equals(other.participant))
                    && (type.isEmpty() || type.equals(other.type));
        }
    }
}
