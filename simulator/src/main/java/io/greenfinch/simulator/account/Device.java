package io.greenfinch.simulator.account;

import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A linked companion. It exists under two addresses, {@link #pn()} and {@link #lid()}, with the same keys (specification §6).
 *
 * <p>Guarded by the world's lock.
 */
public final class Device {

    private final Account account;
    private final int number;
    private final int keyIndex;
    private final CompanionKeys keys;
    private final byte[] signedIdentity;
    private final String os;
    private final PreKeyStock preKeys;
    private final Mailbox mailbox = new Mailbox();
    private SignedKey signedPreKey;
    private @Nullable Line line;

    Device(Account account, Companion companion) {
        this.account = account;
        this.number = companion.number();
        this.keyIndex = companion.keyIndex();
        this.keys = companion.keys();
        this.signedPreKey = companion.signedPreKey();
        this.signedIdentity = companion.signedIdentity();
        this.os = companion.os();
        this.preKeys = companion.preKeys();
    }

    public Account account() {
        return account;
    }

    /** Device number, 1 or more. */
    public int number() {
        return number;
    }

    public Jid pn() {
        return account.pn().withDevice(number);
    }

    public Jid lid() {
        return account.lid().withDevice(number);
    }

    public int keyIndex() {
        return keyIndex;
    }

    public CompanionKeys keys() {
        return keys;
    }

    public SignedKey signedPreKey() {
        return signedPreKey;
    }

    public void signedPreKey(SignedKey key) {
        signedPreKey = key;
    }

    /** The complete ADV identity, as it stands in prekey bundles (specification §12.3). Read-only. */
    public byte[] signedIdentity() {
        return signedIdentity;
    }

    /** What the companion called itself when it registered. */
    public String os() {
        return os;
    }

    public PreKeyStock preKeys() {
        return preKeys;
    }

    public Mailbox mailbox() {
        return mailbox;
    }

    /** The live connection. */
    public Optional<Line> line() {
        return Optional.ofNullable(line);
    }

    /** Makes this the companion's connection; the one before, if any, is told so. */
    public void connect(Line newLine) {
        Line old = line;
        line = newLine;
        if (old != null) {
            old.replaced();
        }
    }

    /** Forgets a connection that ended, unless a newer one took its place. */
    public void disconnect(Line ended) {
        if (ended.equals(line)) {
            line = null;
        }
    }

    /** Keeps a stanza until the companion acknowledges it, and pushes it if the companion is connected. */
    public void deliver(Node stanza) {
        mailbox.add(stanza);
        if (line != null) {
            line.push(stanza);
        }
    }

    @Override
    public String toString() {
        return pn().toString();
    }
}
