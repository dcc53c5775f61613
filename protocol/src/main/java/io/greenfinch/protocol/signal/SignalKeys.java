package io.greenfinch.protocol.signal;

import io.greenfinch.protocol.curve.KeyPair;
import java.util.Optional;

/** Our keys, as far as a message needs them to be decrypted. What a method throws comes out of the decryption unchanged. */
public interface SignalKeys {

    /** Our identity key pair. */
    KeyPair identity();

    /** Our signed prekey of this number, an earlier one too as long as late messages may name it. */
    Optional<KeyPair> signedPreKey(int id);

    /** Our one-time prekey of this number, unless it was used. */
    Optional<KeyPair> preKey(int id);

    /** Whether a message under this identity key (raw) is taken as one of the device it is said to come from. */
    boolean trusts(byte[] identityKey);
}
