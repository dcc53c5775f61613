package io.greenfinch.simulator.group;

import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.simulator.account.SimulatedAccount;
import java.util.Optional;

/** Which of its two aliases a group names its members by (specification §16.1). */
public enum Addressing {
    /** Members are named by phone number, accompanied by their LID. */
    PN("pn"),
    /** Members are named by LID, accompanied by their phone number. */
    LID("lid");

    private final String text;

    Addressing(String text) {
        this.text = text;
    }

    /** The mode as stanzas have it. */
    public String text() {
        return text;
    }

    /** The mode with this text. */
    public static Optional<Addressing> parse(String text) {
        for (Addressing mode : values()) {
            if (mode.text.equals(text)) {
                return Optional.of(mode);
            }
        }
        return Optional.empty();
    }

    /** The name of an account in a group of this mode. */
    public Jid name(SimulatedAccount account) {
        return this == PN ? account.pn() : account.lid();
    }

    /** The alias that accompanies {@link #name}. */
    public Jid alias(SimulatedAccount account) {
        return this == PN ? account.lid() : account.pn();
    }
}
