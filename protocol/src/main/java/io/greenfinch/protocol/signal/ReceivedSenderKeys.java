package io.greenfinch.protocol.signal;

import io.greenfinch.protocol.signal.Decryption.Reason;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The keys by which one device sends to one group, as far as it told us (specification §11.5). Two are equal when their
 * encodings are. Immutable and thread-safe; {@link #toString} tells no key.
 */
public final class ReceivedSenderKeys {

    /** Older keys are forgotten. */
    static final int MAX_KEYS = 5;

    /** A chain keeps at most this many keys of messages that are missing. */
    static final int MAX_SKIPPED = 2000;

    /** From this many messages back on, keys of missing messages are given up bit by bit. */
    static final int RECENT = 200;

    private static final int GIVEN_UP_AT_ONCE = 2;
    private static final int VERSION = 1;
    private static final ReceivedSenderKeys NONE = new ReceivedSenderKeys(List.of());

    private final List<SenderKey> keys;

    private ReceivedSenderKeys(List<SenderKey> keys) {
        this.keys = keys;
    }

    /** One of the keys; the newest is the first. */
    private record SenderKey(int id, byte[] signingKey, ReceivingChain chain) {}

    /** Nothing told yet. */
    public static ReceivedSenderKeys none() {
        return NONE;
    }

    /**
     * The same with a key that the device told. One that we have stays as it is: it knows which messages were read. If
     * this one starts too far ahead of it, the chain goes on from there.
     */
    public ReceivedSenderKeys with(SenderKeyDistribution told) {
        ReceivingChain chain = new ReceivingChain(told.chainKey(), told.iteration(), SkippedKeys.NONE);
        List<SenderKey> changed = new ArrayList<>(MAX_KEYS);
        changed.add(new SenderKey(told.id(), told.signingKey(), chain));
        for (SenderKey key : keys) {
            if (key.id() != told.id()) {
                changed.add(key);
            } else if (Arrays.equals(key.signingKey(), told.signingKey())) {
                boolean reaches = told.iteration() - key.chain().next() <= ReceivingChain.MAX_AHEAD;
                ReceivingChain kept =
                        reaches ? key.chain() : chain.withSkipped(key.chain().skipped());
                changed.set(0, new SenderKey(key.id(), key.signingKey(), kept));
            }
        }
        return new ReceivedSenderKeys(List.copyOf(changed.subList(0, Math.min(changed.size(), MAX_KEYS))));
    }

    /** Decrypts a message of this device to this group. Never throws on foreign bytes. */
    public Decryption<ReceivedSenderKeys> decrypt(EncryptedMessage encrypted) {
        if (encrypted.kind() != EncryptedMessage.Kind.SENDER_KEY) {
            return new Decryption.Failed<>(Reason.MALFORMED);
        }
        return SenderKeyMessage.parse(encrypted.bytes())
                .map(this::decrypt)
                .orElse(new Decryption.Failed<>(Reason.MALFORMED));
    }

    private Decryption<ReceivedSenderKeys> decrypt(SenderKeyMessage message) {
        Optional<SenderKey> found =
                keys.stream().filter(key -> key.id() == message.id()).findFirst();
        if (found.isEmpty()) {
            return new Decryption.Failed<>(Reason.NO_SESSION);
        }
        SenderKey key = found.get();
        if (!message.isSignedBy(key.signingKey())) {
            return new Decryption.Failed<>(Reason.NOT_AUTHENTIC);
        }
        return switch (key.chain().find(message.iteration())) {
            case ReceivingChain.Lookup.Missing(Reason reason) -> new Decryption.Failed<>(reason);
            case ReceivingChain.Lookup.Found(byte[] seed, ReceivingChain rest) ->
                MessageKeys.ofGroup(seed)
                        .decrypt(message.ciphertext())
                        .<Decryption<ReceivedSenderKeys>>map(plaintext ->
                                new Decryption.Decrypted<>(after(key, rest), plaintext, OptionalInt.empty()))
                        .orElse(new Decryption.Failed<>(Reason.MALFORMED));
        };
    }

    private ReceivedSenderKeys after(SenderKey read, ReceivingChain rest) {
        SenderKey changed = new SenderKey(
                read.id(), read.signingKey(), aged(rest, read.chain().next()));
        return new ReceivedSenderKeys(
                keys.stream().map(key -> key.id() == read.id() ? changed : key).toList());
    }

    /**
     * A chain after a message, with what it had to be given up. Some clients leave out every other number (specification
     * §11.5), so a chain that only had an upper bound would always carry as many keys as that. Instead each message that
     * leaves out one number takes the oldest two with it of those that were left out like that, once they lie far behind. Where
     * several are missing in a row they are late, and stay.
     */
    private static ReceivingChain aged(ReceivingChain chain, int nextBefore) {
        SkippedKeys skipped = chain.skipped().withoutOldest(chain.skipped().size() - MAX_SKIPPED);
        boolean leavesOneOut = chain.next() - nextBefore == 2;
        SkippedKeys kept = leavesOneOut && skipped.size() > RECENT / 2
                ? skipped.withoutSingle(GIVEN_UP_AT_ONCE, chain.next() - RECENT)
                : skipped;
        return kept.size() == chain.skipped().size() ? chain : chain.withSkipped(kept);
    }

    /** The bytes to store, the first of which is the version of their format. */
    public byte[] encode() {
        StateWriter out = new StateWriter().number(VERSION).number(keys.size());
        keys.forEach(key -> out.number(key.id()).bytes(key.signingKey()).chain(key.chain()));
        return out.written();
    }

    /**
     * Reads what {@link #encode} wrote.
     *
     * @throws MalformedStateException when it didn't
     */
    public static ReceivedSenderKeys decode(byte[] bytes) {
        StateReader in = new StateReader(bytes);
        int version = in.number();
        if (version != VERSION) {
            throw new MalformedStateException("sender keys in format " + version);
        }
        int count = in.number(MAX_KEYS);
        List<SenderKey> keys = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            keys.add(new SenderKey(in.number(), in.key(), in.chain()));
        }
        in.end();
        return new ReceivedSenderKeys(List.copyOf(keys));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ReceivedSenderKeys that && Arrays.equals(encode(), that.encode());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(encode());
    }

    @Override
    public String toString() {
        return "ReceivedSenderKeys[" + keys.size() + "]";
    }
}
