package io.greenfinch.simulator.phone;

import io.greenfinch.simulator.notification.LowPreKeys;
import io.greenfinch.simulator.world.World;
import java.security.SecureRandom;

/**
 * What all phones work with.
 *
 * @param world where it happens
 * @param low warns companions whose prekeys phones used up
 * @param proofs knows which identities are genuine
 * @param reading decrypts what comes to groups
 * @param random the source of keys
 */
record PhoneTools(World world, LowPreKeys low, IdentityProofs proofs, GroupReading reading, SecureRandom random) {}
