package io.greenfinch.simulator.chat;

import io.greenfinch.simulator.group.ServiceRefusal;
import io.greenfinch.simulator.request.IqAnswer;

/** The answer to a companion that wants to be linked, and what comes after it. */
record PairingReply(IqAnswer answer, Runnable then) {

    PairingReply(IqAnswer answer) {
        this(answer, () -> {});
    }

    static PairingReply refused(ServiceRefusal refusal) {
        return new PairingReply(IqAnswer.refused(refusal));
    }
}
