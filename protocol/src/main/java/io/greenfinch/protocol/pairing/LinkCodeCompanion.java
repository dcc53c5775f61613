package io.greenfinch.protocol.pairing;

import io.greenfinch.protocol.curve.InvalidKeyException;
import io.greenfinch.protocol.curve.KeyPair;
import java.security.SecureRandom;
import java.util.Optional;

/**
 * The companion's side of pairing by phone code (specification §8): shows a code, sends its wrapped ephemeral key, and
 * answers the phone's. One object per attempt. Not thread-safe; {@link #toString()} shows nothing secret.
 */
public final class LinkCodeCompanion {

    private final LinkCode code;
    private final KeyPair ephemeral;
    private final byte[] hello;
    private final SecureRandom random;

    /** Begins an attempt with a new code. Takes tens of milliseconds. */
    public LinkCodeCompanion(SecureRandom random) {
        this.random = random;
        this.code = LinkCode.generate(random);
        this.ephemeral = KeyPair.generate(random);
        this.hello = code.wrap(ephemeral.publicKey(), random);
    }

    /** The code to show. */
    public LinkCode code() {
        return code;
    }

    /** Content of {@code link_code_pairing_wrapped_companion_ephemeral_pub}, stage {@code companion_hello}. */
    public byte[] hello() {
        return hello.clone();
    }

    /**
     * Answers the phone (stage {@code companion_finish}).
     *
     * @param wrappedPhoneKey content of {@code link_code_pairing_wrapped_primary_ephemeral_pub}
     * @param phoneIdentity content of {@code primary_identity_pub}
     * @param identity this companion's identity
     * @return empty when the phone's bytes can't be keys. A wrong code is not noticed here: the phone then can't open the
     *     bundle
     */
    public Optional<Finish> finish(byte[] wrappedPhoneKey, byte[] phoneIdentity, KeyPair identity) {
        if (wrappedPhoneKey.length != LinkCode.WRAPPED_LENGTH || phoneIdentity.length != KeyPair.KEY_LENGTH) {
            return Optional.empty();
        }
        byte[] fresh = new byte[KeyPair.KEY_LENGTH];
        random.nextBytes(fresh);
        try {
            byte[] shared = ephemeral.agree(code.unwrap(wrappedPhoneKey));
            byte[] bundle = LinkCodeBundle.seal(
                    new LinkCodeBundle.Content(identity.publicKey(), phoneIdentity, fresh), shared, random);
            return Optional.of(
                    new Finish(bundle, LinkCodeBundle.advSecret(shared, identity.agree(phoneIdentity), fresh)));
        } catch (InvalidKeyException e) {
            return Optional.empty();
        }
    }

    /**
     * The end of the companion's part.
     *
     * @param bundle content of {@code link_code_pairing_wrapped_key_bundle}
     * @param advSecret keys the HMAC of the {@code pair-success} that follows
     */
    public record Finish(byte[] bundle, byte[] advSecret) {
        @Override
        public String toString() {
            return "Finish[hidden]";
        }
    }
}
