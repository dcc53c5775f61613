package io.greenfinch.protocol.signal;

import io.greenfinch.protocol.curve.KeyPair;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * The key by which we send to one group (specification §11.5). Two are equal when their encodings are. Immutable and
 * thread-safe; {@link #toString} tells no key.
 */
public final class OwnSenderKey {

    private static final int VERSION = 1;

    private final int id;
    private final ChainKey chain;
    private final KeyPair signing;

    private OwnSenderKey(int id, ChainKey chain, KeyPair signing) {
        this.id = id;
        this.chain = chain;
        this.signing = signing;
    }

    /** A new key, which nobody has yet. */
    public static OwnSenderKey generate(SecureRandom random) {
        byte[] chain = new byte[KeyPair.KEY_LENGTH];
        random.nextBytes(chain);
        int id = random.nextInt() & Integer.MAX_VALUE;
        return new OwnSenderKey(id, new ChainKey(chain, 0), KeyPair.generate(random));
    }

    /** What the members need to read the messages from now on. */
    public SenderKeyDistribution distribution() {
        return new SenderKeyDistribution(id, chain.index(), chain.key(), signing.publicKey());
    }

    /** Encrypts a padded message. */
    public Encrypted<OwnSenderKey> encrypt(byte[] plaintext, SecureRandom random) {
        byte[] message = SenderKeyMessage.encode(id, chain, signing, plaintext, random);
        return new Encrypted<>(
                new OwnSenderKey(id, chain.next(), signing),
                new EncryptedMessage(EncryptedMessage.Kind.SENDER_KEY, message));
    }

    /** The bytes to store, the first of which is the version of their format. */
    public byte[] encode() {
        return new StateWriter()
                .number(VERSION)
                .number(id)
                .number(chain.index())
                .bytes(chain.key())
                .bytes(signing.privateKey())
                .bytes(signing.publicKey())
                .written();
    }

    /**
     * Reads what {@link #encode} wrote.
     *
     * @throws MalformedStateException when it didn't
     */
    public static OwnSenderKey decode(byte[] bytes) {
        StateReader in = new StateReader(bytes);
        int version = in.number();
        if (version != VERSION) {
            throw new MalformedStateException("a sender key in format " + version);
        }
        int id = in.number();
        int index = in.number(Integer.MAX_VALUE);
        OwnSenderKey key = new OwnSenderKey(id, new ChainKey(in.key(), index), in.keyPair());
        in.end();
        return key;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof OwnSenderKey that && Arrays.equals(encode(), that.encode());
    }

    @Override
    public int hashCode() {
        return 31 * id + chain.index();
    }

    @Override
    public String toString() {
        return "OwnSenderKey[" + id + " at " + chain.index() + "]";
    }
}
