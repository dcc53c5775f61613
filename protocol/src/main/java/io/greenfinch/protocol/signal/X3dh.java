package io.greenfinch.protocol.signal;

import io.greenfinch.protocol.curve.KeyPair;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** How a session starts: the agreements of X3DH in version 3 of the protocol (specification §11.2). */
final class X3dh {

    private X3dh() {}

    /**
     * The session of whoever starts it.
     *
     * @param base our keys for this start alone
     * @param ratchet our first ratchet keys
     * @throws io.greenfinch.protocol.curve.InvalidKeyException when a key of the bundle is none
     */
    static SessionState initiated(PreKeyBundle theirs, KeyPair identity, KeyPair base, KeyPair ratchet) {
        ByteArrayOutputStream master = prefix();
        master.writeBytes(identity.agree(theirs.signedPreKey()));
        master.writeBytes(base.agree(theirs.identityKey()));
        master.writeBytes(base.agree(theirs.signedPreKey()));
        theirs.preKey().ifPresent(key -> master.writeBytes(base.agree(key.publicKey())));
        DerivedKeys start = DerivedKeys.ofStart(master.toByteArray());
        DerivedKeys step = DerivedKeys.ofStep(start.root(), ratchet.agree(theirs.signedPreKey()));
        OptionalInt preKeyId =
                theirs.preKey().map(key -> OptionalInt.of(key.id())).orElse(OptionalInt.empty());
        return new SessionState(
                base.publicKey(),
                theirs.identityKey(),
                theirs.registrationId(),
                step.root(),
                ratchet,
                Optional.of(new ChainKey(step.chain(), 0)),
                0,
                Optional.of(new PendingStart(theirs.signedPreKeyId(), preKeyId)),
                List.of());
    }

    /**
     * The session of the other side. It has no chain yet: its first message makes the first step.
     *
     * @throws io.greenfinch.protocol.curve.InvalidKeyException when a key of the message is none
     */
    static SessionState accepted(
            PreKeyMessage theirs, KeyPair identity, KeyPair signedPreKey, Optional<KeyPair> preKey) {
        ByteArrayOutputStream master = prefix();
        master.writeBytes(signedPreKey.agree(theirs.identityKey()));
        master.writeBytes(identity.agree(theirs.baseKey()));
        master.writeBytes(signedPreKey.agree(theirs.baseKey()));
        preKey.ifPresent(key -> master.writeBytes(key.agree(theirs.baseKey())));
        return new SessionState(
                theirs.baseKey(),
                theirs.identityKey(),
                theirs.registrationId(),
                DerivedKeys.ofStart(master.toByteArray()).root(),
                signedPreKey,
                Optional.empty(),
                0,
                Optional.empty(),
                List.of());
    }

    /** 32 bytes FF, which no public key can be. */
    private static ByteArrayOutputStream prefix() {
        byte[] prefix = new byte[KeyPair.KEY_LENGTH];
        Arrays.fill(prefix, (byte) 0xFF);
        ByteArrayOutputStream master = new ByteArrayOutputStream(5 * KeyPair.KEY_LENGTH);
        master.writeBytes(prefix);
        return master;
    }
}
