package io.greenfinch.gateway.media;

import io.greenfinch.client.stanza.Outcome;
import io.greenfinch.gateway.file.FileDescription;
import io.greenfinch.protocol.media.MediaDigest;

/** What came of looking for a file. */
public sealed interface Arrival {

    /** It is here. */
    record Here(FileDescription description, long size) implements Arrival {}

    /** The link leads nowhere. */
    record Nowhere() implements Arrival {}

    /** WhatsApp does not have it for us, or not now. */
    record Missing(Outcome<MediaDigest> why) implements Arrival {}

    /** What keeps files does not answer; it may be there. */
    record Away() implements Arrival {}

    /** There is no room for it, or the disk does not take it. */
    record NoRoom() implements Arrival {}
}
