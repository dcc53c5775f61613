package io.greenfinch.simulator.fault;

import io.greenfinch.protocol.binary.Jid;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What goes wrong. Where there is a {@code processed}, it says whether the request takes effect all the same: the difference between a
 * request that was lost and an answer that was.
 */
public sealed interface Effect {

    /** The IQ is answered with an error. */
    record AnswerError(int code, String text, OptionalLong backoff, boolean processed) implements Effect {}

    /** The IQ is not answered, or the pushed stanza is not sent until the companion connects again. */
    record NoAnswer(boolean processed) implements Effect {}

    /** The answer comes late: because the request is worked on late, or because only the answer is held back. */
    record Delay(Duration by, boolean processed) implements Effect {}

    /** The connection is cut instead of an answer, without a farewell. */
    record Cut(boolean processed) implements Effect {}

    /** The connection goes dead: nothing is read or written any more, but it stays open. */
    record HalfOpen(boolean processed) implements Effect {}

    /** The stanza is sent twice. */
    record Duplicate() implements Effect {}

    /** The stanza is sent after the next one instead of before it. */
    record Reorder() implements Effect {}

    /** One bit of the encrypted frame is wrong. */
    record Corrupt() implements Effect {}

    /** The frame is sent in several WebSocket messages, a few bytes each. */
    record Fragment() implements Effect {}

    /** Notifications that the request causes are sent before its answer. */
    record EchoFirst() implements Effect {}

    /** Leaving {@code group}, or every group the request names, is refused with this code inside the result. */
    record LeaveError(int code, Optional<Jid> group) implements Effect {}

    /** The result of a leave names no groups at all. */
    record EmptyLeave(boolean processed) implements Effect {}

    /** {@code group}, or the last group the request names, is absent from the result of a leave. */
    record AbsentGroup(Optional<Jid> group, boolean processed) implements Effect {}

    /** Every change of a group's participants that the request asks for is refused with this code inside the result. */
    record ParticipantError(int code) implements Effect {}

    /** A stream error is sent and the connection closed. */
    record StreamError(OptionalInt code, Optional<String> conflict) implements Effect {}

    /** The next login is answered with a failure that has these attributes besides its reason. */
    record LoginFailure(int reason, Map<String, String> attributes) implements Effect {}

    /** What is encrypted in a pushed message was tampered with, so that nobody can read it; the frame around it is right. */
    record Unreadable() implements Effect {}

    /** Connections are cut, and new ones are refused. */
    record LinkDown() implements Effect {}
}
