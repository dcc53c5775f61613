package io.greenfinch.interop.methods;

import java.util.random.RandomGenerator;

/** The queue of what is to be sent. What is dropped is failed in the journals, which are held against what phones show. */
final class QueueMethods implements Area {

    /** The queue is cleared by one of so many calls: else little would be sent. */
    private static final int SELDOM = 5;

    private final Caller caller;
    private final boolean clears;

    /** @param clears whether it drops what waits now and then: of that no notification tells */
    QueueMethods(Caller caller, boolean clears) {
        this.caller = caller;
        this.clears = clears;
    }

    @Override
    public Calls methods() {
        return new Calls()
                .with("showMessagesQueue", _ -> caller.get("showMessagesQueue"))
                .with("getMessagesCount", _ -> count())
                .with("clearMessagesQueue", this::clear);
    }

    private void count() {
        int shown = caller.get("showMessagesQueue").json().size();
        int count = caller.get("getMessagesCount").json().get("count").asInt();
        caller.hold(count <= shown, "getMessagesCount", "%d wait, after %d were shown".formatted(count, shown));
    }

    private void clear(RandomGenerator random) {
        if (clears && random.nextInt(SELDOM) == 0) {
            caller.hold(caller.get("clearMessagesQueue").flag("isCleared"), "clearMessagesQueue", "not cleared");
        }
    }
}
