package io.greenfinch.client.message;

import io.greenfinch.client.stanza.StanzaTime;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A {@code <message>} as the server delivers it (specification §14.2, §14.3).
 *
 * @param id 1 to {@value #MAX_ID} characters
 * @param from what it is answered to: a device, a group, or a broadcast list
 * @param sender the device that sent it, by the name that it bears here
 * @param alias the sender's other name, where it is told
 * @param recipient the chat, where another device of our own account sent it
 * @param recipientAlias the other name of that, where it is told
 * @param peer whether it is for this device and not for a chat
 * @param silent whether its sender wants nothing shown where it can't be read, as of reactions and changes
 * @param ciphertexts its {@code <enc>} elements, in their order
 */
record Delivery(
        String id,
        Jid from,
        Jid sender,
        Optional<Jid> alias,
        Optional<Jid> recipient,
        Optional<Jid> recipientAlias,
        Optional<Instant> at,
        Optional<String> pushName,
        boolean queued,
        boolean peer,
        boolean silent,
        List<Node> ciphertexts) {

    /** Longer ids and addresses could not be stored; real ones have 16 to 40 characters. */
    static final int MAX_ID = 100;

    private static final String WHEN_UNREADABLE = "decrypt-fail";
    private static final String HIDE = "hide";

    private static final String NEWSLETTER = "newsletter";

    /** Reads the stanza; empty when it does not say what, from whom, or where. */
    static Optional<Delivery> of(Node stanza) {
        Optional<String> id = stanza.attribute("id").filter(value -> !value.isEmpty() && value.length() <= MAX_ID);
        Optional<Jid> from = stanza.jid("from");
        Optional<Jid> sender = from.flatMap(jid -> many(jid) ? stanza.jid("participant") : Optional.of(jid));
        if (id.isEmpty()
                || sender.isEmpty()
                || sender.get().user().isEmpty()
                || !isPossible(sender.get())
                || !isPossible(from.get())) {
            return Optional.empty();
        }
        String prefix = many(from.get()) ? "participant" : "sender";
        return Optional.of(new Delivery(
                id.get(),
                from.get(),
                sender.get(),
                first(stanza, prefix + "_lid", prefix + "_pn"),
                stanza.jid("recipient").filter(Delivery::isPossible),
                first(stanza, "peer_recipient_lid", "peer_recipient_pn"),
                StanzaTime.of(stanza, "t"),
                stanza.attribute("notify").filter(name -> !name.isBlank()),
                stanza.has("offline"),
                stanza.is("category", "peer"),
                isSilent(stanza),
                stanza.children("enc")));
    }

    private static boolean isSilent(Node stanza) {
        return stanza.is(WHEN_UNREADABLE, HIDE)
                || stanza.children("enc").stream().anyMatch(enc -> enc.is(WHEN_UNREADABLE, HIDE));
    }

    /** What is remembered of one that can't be read: all but what it says. */
    static Node head(Node stanza) {
        Node.Builder head = Node.element(stanza.tag());
        stanza.attributes().forEach(head::attribute);
        if (isSilent(stanza)) {
            head.attribute(WHEN_UNREADABLE, HIDE);
        }
        return head.build();
    }

    private static Optional<Jid> first(Node stanza, String one, String other) {
        return Stream.of(stanza.jid(one), stanza.jid(other))
                .flatMap(Optional::stream)
                .filter(jid -> (jid.isPn() || jid.isLid()) && isPossible(jid))
                .map(Jid::account)
                .findFirst();
    }

    /** Whether it can be an address, and be stored as one. */
    static boolean isPossible(Jid jid) {
        return jid.toString().length() <= MAX_ID;
    }

    /** Whether several people may send under this address. */
    static boolean many(Jid jid) {
        return jid.isGroup() || jid.server().equals(Jid.BROADCASTS);
    }

    /** The group, or the broadcast list, that it was sent to. */
    Optional<Jid> group() {
        return many(from) ? Optional.of(from) : Optional.empty();
    }

    /**
     * Where several people write, or many read the same, in one place. What somebody sends to a list of people comes to each of them
     * in the chat of the two.
     */
    Optional<Jid> shared() {
        return from.isGroup() || from.isStatus() ? Optional.of(from) : Optional.empty();
    }

    /** Whether it is shown nowhere: channels. */
    boolean outsideChats() {
        return from.server().equals(NEWSLETTER);
    }
}
