package io.greenfinch.simulator.call;

import java.util.Optional;

/** What people do with a call that is there. */
public enum CallAction {
    ACCEPT("accept"),
    REJECT("reject"),
    /** Ends it: whoever calls at any time, whoever was called once they talk. */
    HANG_UP("hang-up"),
    /** Nobody has taken it for so long that the caller's phone gives up. */
    RING_OUT("ring-out");

    private final String text;

    CallAction(String text) {
        this.text = text;
    }

    /** The action with this text. */
    public static Optional<CallAction> parse(String text) {
        for (CallAction action : values()) {
            if (action.text.equals(text)) {
                return Optional.of(action);
            }
        }
        return Optional.empty();
    }
}
