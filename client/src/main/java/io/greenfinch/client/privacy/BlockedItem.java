package io.greenfinch.client.privacy;

import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Somebody in a block list: {@code <item jid [pn_jid]/>} (specification §25).
 *
 * @param number where the item tells it
 */
record BlockedItem(Jid name, Optional<Jid> number) {

    /** Empty for what names no person. */
    static Optional<BlockedItem> of(Node item) {
        return item.jid("jid")
                .map(Jid::account)
                .filter(jid -> (jid.isPn() || jid.isLid()) && !jid.user().isEmpty())
                .map(jid -> new BlockedItem(
                        jid, item.jid("pn_jid").map(Jid::account).filter(Jid::isPn)));
    }

    /** By number where that is known. */
    Jid shown(UnaryOperator<Jid> known) {
        return number.orElseGet(() -> known.apply(name));
    }
}
