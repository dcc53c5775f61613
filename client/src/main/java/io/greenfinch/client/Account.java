package io.greenfinch.client;

import io.greenfinch.protocol.binary.Jid;
import java.util.Optional;

/**
 * The linked account.
 *
 * @param pn our own device's phone-number JID, device number included
 * @param lid our own device's LID, where known
 * @param platform what the phone is, e.g. {@code android}; may be empty
 */
public record Account(Jid pn, Optional<Jid> lid, String platform) {

    /** True when {@code jid} is this account under either of its names, whatever the device. */
    public boolean is(Jid jid) {
        Jid account = jid.account();
        return account.equals(pn.account())
                || lid.map(own -> account.equals(own.account())).orElse(false);
    }
}
