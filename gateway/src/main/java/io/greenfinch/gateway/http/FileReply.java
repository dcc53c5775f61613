package io.greenfinch.gateway.http;

import java.io.IOException;
import java.io.InputStream;

/** What is under a link to a file. */
public sealed interface FileReply {

    /**
     * A file.
     *
     * @param name what it is called
     * @param type its media type, one under which nothing in it can run
     * @param shown whether a browser may show it, or is to save it
     * @param size in bytes
     * @param content its bytes
     */
    record Found(String name, String type, boolean shown, long size, Content content) implements FileReply {
        @Override
        public String toString() {
            return "Found[" + size + " bytes]";
        }
    }

    /** Opens it at one of its bytes. */
    @FunctionalInterface
    interface Content {
        InputStream open(long from) throws IOException;
    }

    /** The reason where what keeps files does not answer. */
    String UNAVAILABLE = "files-unavailable";

    /** What is said there. */
    static Reply unavailable() {
        return Reply.error(503, "Files can't be read or kept just now")
                .withReason(UNAVAILABLE)
                .withRetryAfter(5);
    }

    /** The reason where files have no more room. */
    String NO_ROOM = "no-room";

    /** What is said there. */
    static Reply noRoom() {
        return Reply.error(507, "There is no room for files").withReason(NO_ROOM);
    }

    /** None, and this is what to say. */
    record Failed(Reply reply) implements FileReply {}
}
