package io.greenfinch.simulator.phone;

import io.greenfinch.simulator.notification.LowPreKeys;
import java.security.SecureRandom;

/**
 * What all phones work with.
 *
 * @param low warns companions whose prekeys phones used up
 * @param proofs knows which identities are genuine
 * @param reading decrypts what comes to groups
 * @param random the source of keys
 */
record PhoneTools(LowPreKeys low, IdentityProofs proofs, GroupReading reading, SecureRandom random) {}
