package io.greenfinch.simulator.account;

import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A device of an account: its phone, which has number 0, or a linked companion. All are sent to by {@link #deliver} and have keys that
 * others encrypt for; each exists under two addresses, {@link #pn()} and {@link #lid()}, with the same keys (specification §6).
 *
 * <p>Guarded by the world's lock. Two devices are equal only when they are the same object.
 */
public abstract sealed class Device permits Phone, Companion {

    private final SimulatedAccount account;
    private final int number;
    private final Mailbox mailbox = new Mailbox();
    private final RecentIds recentIds = new RecentIds();

    Device(SimulatedAccount account, int number) {
        this.account = account;
        this.number = number;
    }

    public final SimulatedAccount account() {
        return account;
    }

    /** Device number, 0 for the phone. */
    public final int number() {
        return number;
    }

    public final Jid pn() {
        return account.pn().withDevice(number);
    }

    public final Jid lid() {
        return account.lid().withDevice(number);
    }

    /** Its index in the account's list of key indexes; the phone has none (specification §13). */
    public abstract OptionalInt keyIndex();

    public abstract int registrationId();

    /** The public half of the Signal identity key, 32 bytes; read-only. */
    public abstract byte[] identityKey();

    public abstract PublicSignedPreKey signedPreKey();

    /** Hands out a one-time prekey, each once; empty when none is left. */
    public abstract Optional<PublicPreKey> takePreKey();

    /** The complete ADV identity, as it stands in prekey bundles (specification §12.3), read-only; a phone has none. */
    public abstract Optional<byte[]> signedIdentity();

    /** What was sent to the device and not acknowledged yet. */
    public final Mailbox mailbox() {
        return mailbox;
    }

    /** The ids of messages that the device sent, for the service to know those that come again. */
    public final RecentIds recentIds() {
        return recentIds;
    }

    /** Keeps a stanza until the device acknowledges it, and passes it on if the device is connected. */
    public final void deliver(Node stanza) {
        mailbox.add(stanza);
        push(stanza);
    }

    /** Passes a stanza on if the device is connected; else it is lost, as those are that only matter now. */
    public abstract void push(Node stanza);

    @Override
    public final String toString() {
        return pn().toString();
    }
}
