package io.greenfinch.protocol.message;

import com.google.protobuf.ByteString;
import io.greenfinch.protocol.proto.Message;
import io.greenfinch.protocol.proto.PollCreationMessage;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Polls in messages (specification §14.9, §31.5). Pure functions. */
public final class PollContent {

    private PollContent() {}

    /** The poll in a message of that kind, whichever of its forms it has. */
    public static PollCreationMessage of(Message content) {
        if (content.hasPollCreationMessageV3()) {
            return content.getPollCreationMessageV3();
        }
        if (content.hasPollCreationMessageV2()) {
            return content.getPollCreationMessageV2();
        }
        return content.hasPollCreationMessageV5()
                ? content.getPollCreationMessageV5()
                : content.getPollCreationMessage();
    }

    /** Whether more than one answer may be chosen. */
    public static boolean takesSeveral(PollCreationMessage poll) {
        return poll.getSelectableOptionsCount() != 1;
    }

    /** What a vote calls an answer: the SHA-256 of its text. */
    public static ByteString hash(String option) {
        try {
            return ByteString.copyFrom(
                    MessageDigest.getInstance("SHA-256").digest(option.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("the JDK has no SHA-256", e);
        }
    }
}
