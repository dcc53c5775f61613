package io.greenfinch.gateway.store;

import java.util.Optional;

/**
 * An answer that is kept for callers who repeat a request.
 *
 * @param requestDigest what the request's body is known by
 * @param reason its {@code Greenfinch-Reason}
 */
public record KeptAnswer(byte[] requestDigest, int status, Optional<String> reason, byte[] body) {}
