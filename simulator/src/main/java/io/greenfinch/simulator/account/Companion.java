package io.greenfinch.simulator.account;

import io.greenfinch.protocol.binary.Node;
import java.util.Collection;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** A linked companion, of which the service has the public keys only. Guarded by the world's lock. */
public final class Companion extends Device {

    private final CompanionDetails details;
    private PublicSignedPreKey signedPreKey;
    private @Nullable Line line;
    private boolean equipped;

    Companion(SimulatedAccount account, CompanionDetails details) {
        super(account, details.number());
        this.details = details;
        this.signedPreKey = details.signedPreKey();
    }

    @Override
    public OptionalInt keyIndex() {
        return OptionalInt.of(details.keyIndex());
    }

    /** The key of its connections, 32 bytes; read-only. */
    public byte[] noiseKey() {
        return details.keys().noiseKey();
    }

    @Override
    public int registrationId() {
        return details.keys().registrationId();
    }

    @Override
    public byte[] identityKey() {
        return details.keys().identity();
    }

    @Override
    public PublicSignedPreKey signedPreKey() {
        return signedPreKey;
    }

    public void signedPreKey(PublicSignedPreKey key) {
        signedPreKey = key;
    }

    /** The one-time prekeys that it left here. */
    public PreKeyStock preKeys() {
        return details.preKeys();
    }

    /** Takes one-time prekeys in; says whether they are the first. */
    public boolean equip(Collection<PublicPreKey> keys) {
        boolean first = !equipped;
        equipped = true;
        preKeys().add(keys);
        return first;
    }

    /** Whether it has left one-time prekeys, as it was saved. */
    void equipped(boolean value) {
        equipped = value;
    }

    @Override
    public Optional<PublicPreKey> takePreKey() {
        return preKeys().take();
    }

    @Override
    public Optional<byte[]> signedIdentity() {
        return Optional.of(details.signedIdentity());
    }

    /** What the companion called itself when it registered. */
    public String os() {
        return details.os();
    }

    /** The present state; what it shares with this companion does not change. */
    CompanionSnapshot snapshot() {
        return new CompanionSnapshot(
                number(),
                details.keyIndex(),
                noiseKey(),
                identityKey(),
                registrationId(),
                signedPreKey.id(),
                signedPreKey.key(),
                signedPreKey.signature(),
                details.signedIdentity(),
                os(),
                preKeys().copy(),
                equipped,
                recentIds().newest(),
                WaitingStanza.in(mailbox()));
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

    @Override
    public void push(Node stanza) {
        if (line != null) {
            line.push(stanza);
        }
    }
}
