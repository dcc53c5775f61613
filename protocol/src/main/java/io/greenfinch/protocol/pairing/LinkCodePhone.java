package io.greenfinch.protocol.pairing;

import io.greenfinch.protocol.curve.InvalidKeyException;
import io.greenfinch.protocol.curve.KeyPair;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;

/**
 * The phone's side of pairing by phone code (specification §8): its user typed a code, it sends its own wrapped ephemeral
 * key and opens the companion's bundle. One object per typed code. Not thread-safe.
 */
public final class LinkCodePhone {

    private final KeyPair ephemeral;
    private final KeyPair identity;
    private final byte[] companionKey;
    private final byte[] hello;

    /**
     * Begins with the code that was typed.
     *
     * @param companionHello the companion's wrapped key, {@link LinkCode#WRAPPED_LENGTH} bytes
     * @throws IllegalArgumentException when it has another length
     */
    public LinkCodePhone(LinkCode typed, byte[] companionHello, KeyPair identity, SecureRandom random) {
        if (companionHello.length != LinkCode.WRAPPED_LENGTH) {
            throw new IllegalArgumentException("a wrapped key of " + companionHello.length + " bytes");
        }
        this.identity = identity;
        this.ephemeral = KeyPair.generate(random);
        this.companionKey = typed.unwrap(companionHello);
        this.hello = typed.wrap(ephemeral.publicKey(), random);
    }

    /** Content of {@code link_code_pairing_wrapped_primary_ephemeral_pub}, stage {@code primary_hello}. */
    public byte[] hello() {
        return hello.clone();
    }

    /**
     * Opens the companion's bundle.
     *
     * @param companionIdentity content of {@code companion_identity_public}
     * @return the ADV secret; empty when the typed code was wrong or the identities don't fit
     */
    public Optional<byte[]> finish(byte[] bundle, byte[] companionIdentity) {
        try {
            byte[] shared = ephemeral.agree(companionKey);
            byte[] identityShared = identity.agree(companionIdentity);
            return LinkCodeBundle.open(bundle, shared)
                    .filter(content -> Arrays.equals(content.companionIdentity(), companionIdentity)
                            && Arrays.equals(content.phoneIdentity(), identity.publicKey()))
                    .map(content -> LinkCodeBundle.advSecret(shared, identityShared, content.random()));
        } catch (InvalidKeyException e) {
            return Optional.empty();
        }
    }
}
