package io.greenfinch.simulator.account;

import io.greenfinch.protocol.binary.Node;
import io.greenfinch.protocol.curve.SignedPreKey;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BiConsumer;

/**
 * A simulated phone, device 0 of its account. While it has a network it reads what it is sent at once, and acknowledges it; what came
 * in the meantime it reads, in order, when it is online again. Guarded by the world's lock.
 */
public final class Phone extends Device {

    private final SecureRandom random;
    private final BiConsumer<Phone, Node> reader;
    private PhoneKeys keys;
    private boolean online = true;

    /** A new phone; {@code reader} is given each stanza that it reads. */
    Phone(SimulatedAccount account, SecureRandom random, BiConsumer<Phone, Node> reader) {
        super(account, 0);
        this.random = random;
        this.reader = reader;
        this.keys = new PhoneKeys(random);
    }

    /** Makes this phone what it was when it was saved. */
    void restore(PhoneSnapshot saved) {
        keys = new PhoneKeys(random, saved);
        online = saved.online();
        saved.waiting().forEach(stanza -> mailbox().add(stanza.node()));
    }

    /** The present state, private keys included. */
    PhoneSnapshot snapshot() {
        return keys.snapshot(this);
    }

    /** All its keys, private halves included. */
    public PhoneKeys keys() {
        return keys;
    }

    /** Another phone, or the same one after WhatsApp was installed anew: all keys are others (specification §12.4). */
    void registerAnew() {
        keys = new PhoneKeys(random);
    }

    @Override
    public OptionalInt keyIndex() {
        return OptionalInt.empty();
    }

    @Override
    public int registrationId() {
        return keys.registrationId();
    }

    @Override
    public byte[] identityKey() {
        return keys.identity().publicKey();
    }

    @Override
    public PublicSignedPreKey signedPreKey() {
        SignedPreKey key = keys.signedPreKey();
        return new PublicSignedPreKey(key.id(), key.keys().publicKey(), key.signature());
    }

    @Override
    public Optional<PublicPreKey> takePreKey() {
        return Optional.of(keys.takePreKey());
    }

    @Override
    public Optional<byte[]> signedIdentity() {
        return Optional.empty();
    }

    /** Whether the phone has a network. */
    public boolean online() {
        return online;
    }

    /** Takes the phone's network away or gives it back, upon which it reads what waited for it. */
    public void online(boolean value) {
        online = value;
        if (online) {
            mailbox().waiting().forEach(this::push);
        }
    }

    @Override
    public void push(Node stanza) {
        if (online) {
            mailbox().acknowledge(stanza);
            reader.accept(this, stanza);
        }
    }
}
