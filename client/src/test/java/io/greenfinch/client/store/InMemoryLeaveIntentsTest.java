package io.greenfinch.client.store;

import io.greenfinch.client.SteppedClock;

final class InMemoryLeaveIntentsTest implements LeaveIntentsContract {

    private final SteppedClock clock = SteppedClock.atSomeTime();
    private final InMemoryLeaveIntents intents = new InMemoryLeaveIntents(clock);

    @Override
    public LeaveIntents intents() {
        return intents;
    }

    @Override
    public LeaveIntents reopened() {
        return intents.afterDeath();
    }

    @Override
    public SteppedClock clock() {
        return clock;
    }

    @Override
    public long instance(int number) {
        return 7_700_000_000L + number;
    }
}
