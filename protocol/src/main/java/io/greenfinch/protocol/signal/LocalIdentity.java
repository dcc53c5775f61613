package io.greenfinch.protocol.signal;

import io.greenfinch.protocol.curve.KeyPair;

/**
 * Who we are in every session.
 *
 * @param keys our identity key pair
 * @param registrationId the number of our installation, 1…16380
 */
public record LocalIdentity(KeyPair keys, int registrationId) {}
