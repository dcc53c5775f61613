package io.greenfinch.client.call;

import io.greenfinch.client.stanza.StanzaTime;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * A {@code <call>} as the server delivers it (specification §25).
 *
 * @param id 1 to {@value #MAX_LENGTH} characters
 * @param from who says it, as the server knows
 * @param creator whose call it is, as the sender says; without a device
 * @param alias the caller's other name, where it is told
 * @param recipient who is called, where another device of our own account calls
 * @param group the group that is called
 * @param many whether it is for several people
 * @param reason why it has ended; empty where that is not said
 */
record CallStanza(
        Kind kind,
        String id,
        Jid from,
        Jid creator,
        Optional<Jid> alias,
        Optional<Jid> recipient,
        Optional<Jid> group,
        boolean many,
        boolean video,
        String reason,
        Optional<Instant> at) {

    /** Longer ids and addresses could not be stored; real ids have 32 characters. */
    private static final int MAX_LENGTH = 100;

    /** What it says. */
    enum Kind {
        OFFER,
        /** An offer to a group. */
        OFFER_NOTICE,
        /** It rings. */
        PREACCEPT,
        ACCEPT,
        REJECT,
        TERMINATE;

        boolean offers() {
            return this == OFFER || this == OFFER_NOTICE;
        }

        private static Optional<Kind> of(String tag) {
            for (Kind kind : values()) {
                if (kind.name().toLowerCase(Locale.ROOT).equals(tag)) {
                    return Optional.of(kind);
                }
            }
            return Optional.empty();
        }
    }

    /** Whether it says something that we follow; how devices find a way to each other we do not. */
    static boolean followed(Node stanza) {
        return inside(stanza).flatMap(said -> Kind.of(said.tag())).isPresent();
    }

    private static Optional<Node> inside(Node stanza) {
        return stanza.children().stream().findFirst();
    }

    /** Reads one that is followed; empty when it does not say which call, or of whom. */
    static Optional<CallStanza> of(Node stanza) {
        Optional<Node> inside = inside(stanza);
        Optional<Kind> kind = inside.flatMap(said -> Kind.of(said.tag()));
        if (kind.isEmpty()) {
            return Optional.empty();
        }
        Node said = inside.get();
        Optional<String> id = said.attribute("call-id").filter(text -> !text.isEmpty() && text.length() <= MAX_LENGTH);
        Optional<Jid> from = address(stanza, "from");
        Optional<Jid> creator =
                address(said, "call-creator").filter(jid -> !jid.user().isEmpty());
        if (id.isEmpty() || from.isEmpty() || creator.isEmpty()) {
            return Optional.empty();
        }
        Optional<Jid> group = address(said, "group-jid").filter(Jid::isGroup);
        return Optional.of(new CallStanza(
                kind.get(),
                id.get(),
                from.get(),
                creator.get().account(),
                address(said, "caller_pn")
                        .filter(Jid::isPn)
                        .or(() -> address(said, "caller_lid").filter(Jid::isLid))
                        .map(Jid::account),
                address(stanza, "recipient").filter(CallStanza::isPerson).map(Jid::account),
                group,
                group.isPresent() || said.is("type", "group"),
                said.child("video").isPresent() || said.is("media", "video"),
                said.attribute("reason").orElse(""),
                StanzaTime.of(stanza, "t")));
    }

    private static Optional<Jid> address(Node element, String name) {
        return element.jid(name).filter(jid -> jid.toString().length() <= MAX_LENGTH);
    }

    /** Whether somebody who is called takes it. */
    boolean taken() {
        return bySomebody() && kind == Kind.ACCEPT;
    }

    /** Whether somebody says it, and not the service. */
    boolean bySomebody() {
        return isPerson(from);
    }

    private static boolean isPerson(Jid jid) {
        return jid.isPn() || jid.isLid();
    }
}
