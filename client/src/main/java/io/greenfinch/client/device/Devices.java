package io.greenfinch.client.device;

import io.greenfinch.client.stanza.Outcome;
import io.greenfinch.protocol.binary.Jid;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The devices of accounts (specification §13). Thread-safe. */
public interface Devices {

    /**
     * The devices of an account, our own included: those we know of, kept up to date by notifications, or what WhatsApp tells
     * when we know none. Blocks the calling (virtual) thread until there is an outcome or the deadline has passed, by the
     * client's clock; never throws for what WhatsApp or the network does. Somebody of whom it tells none is
     * {@code NOT_ON_WHATSAPP}.
     *
     * @param person by PN or LID
     */
    Outcome<DeviceList> find(Jid person, Instant deadline);

    /** The same for several people, asked for together; those of whom WhatsApp tells no devices are left out. */
    Outcome<Map<Jid, DeviceList>> find(List<Jid> people, Instant deadline);
}
