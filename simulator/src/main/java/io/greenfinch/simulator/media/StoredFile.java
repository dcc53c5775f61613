package io.greenfinch.simulator.media;

import java.nio.file.Path;
import java.time.Instant;

/**
 * A file that somebody has stored.
 *
 * @param id its part of the path
 * @param content where its bytes are
 * @param token the SHA-256 of its bytes, in base64 for addresses without padding
 * @param until when it is forgotten
 */
record StoredFile(String id, Path content, String token, long length, Instant until) {}
