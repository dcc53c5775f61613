package io.greenfinch.client.stanza;

import com.google.protobuf.InvalidProtocolBufferException;
import io.greenfinch.protocol.binary.MalformedStanzaException;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How failures are told to the server (specification §15.4) and to the log. */
public final class StanzaErrors {

    static final int MALFORMED = 487;
    private static final int INVALID_PROTOBUF = 491;
    private static final int UNHANDLED = 500;

    private static final int FRAMES = 12;

    private StanzaErrors() {}

    /** The code for a stanza that failed like this. */
    static int of(Throwable failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof MalformedStanzaException) {
                return MALFORMED;
            }
            if (cause instanceof InvalidProtocolBufferException) {
                return INVALID_PROTOBUF;
            }
        }
        return UNHANDLED;
    }

    /** Where it happened; the words of an exception may repeat what somebody wrote. */
    public static String withoutContent(Throwable failure) {
        return failure.getClass().getName()
                + Arrays.stream(failure.getStackTrace())
                        .limit(FRAMES)
                        .map(frame -> "\n\tat " + frame)
                        .collect(Collectors.joining());
    }
}
