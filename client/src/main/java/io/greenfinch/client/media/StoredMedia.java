package io.greenfinch.client.media;

import io.greenfinch.protocol.message.FileContent;
import java.time.Instant;

/**
 * A file of ours that WhatsApp has stored. Immutable.
 *
 * @param file everything that a message tells of it
 * @param since when its key was made
 */
public record StoredMedia(FileContent file, Instant since) {}
