package io.greenfinch.simulator.call;

/** What became of a wish about a call. */
public sealed interface CallOutcome {

    /** It was done. */
    record Done(String call) implements CallOutcome {}

    /** There is no such call, or none any more. */
    record UnknownCall() implements CallOutcome {}

    /** It can't be done now. */
    record Impossible(String why) implements CallOutcome {}
}
