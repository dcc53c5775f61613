package io.greenfinch.client.pairing;

import io.greenfinch.client.DisconnectCause;
import io.greenfinch.client.PhoneCode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Who waits for a code to type; a bounded number. Belongs to the session's thread. */
final class AwaitedCodes {

    private static final int MAX = 64;

    private final List<AwaitedCode> waiting = new ArrayList<>();

    /** Somebody waits from now on; says whether nobody else does. Is told at once where there are too many. */
    boolean add(AwaitedCode answer) {
        waiting.removeIf(CompletableFuture::isDone);
        if (waiting.size() >= MAX) {
            answer.complete(new PhoneCode.Unavailable(DisconnectCause.NETWORK));
            return false;
        }
        if (waiting.stream().anyMatch(AwaitedCode::wasAsked)) {
            answer.asked();
        }
        waiting.add(answer);
        return waiting.size() == 1;
    }

    /** Whether somebody still waits. */
    boolean wanted() {
        return waiting.stream().anyMatch(answer -> !answer.isDone());
    }

    /** WhatsApp is being asked for what they wait for. */
    void asked() {
        waiting.forEach(AwaitedCode::asked);
    }

    /** There is no code, for this reason. */
    void none(DisconnectCause cause) {
        waiting.forEach(each -> each.complete(each.none(cause)));
        waiting.clear();
    }

    /** Tells all. */
    void answer(PhoneCode outcome) {
        waiting.forEach(each -> each.complete(outcome));
        waiting.clear();
    }
}
