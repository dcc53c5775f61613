package io.greenfinch.client.group;

import io.greenfinch.client.store.LeaveIntents;
import io.greenfinch.protocol.binary.Jid;
import java.util.Optional;

/** Intents during whose recording our role in the group changes. */
class PromotingIntents implements LeaveIntents {

    private final LeaveIntents intents;
    private final FakeGroupState state;

    PromotingIntents(LeaveIntents intents, FakeGroupState state) {
        this.intents = intents;
        this.state = state;
    }

    @Override
    public void record(long instance, Intent intent) {
        intents.record(instance, intent);
        state.roles.put(intent.group(), Role.ADMIN);
    }

    @Override
    public Optional<Intent> find(long instance, Jid group) {
        return intents.find(instance, group);
    }

    @Override
    public void settle(long instance, Jid group) {
        intents.settle(instance, group);
    }

    @Override
    public void reopen(long instance, Jid group) {
        intents.reopen(instance, group);
    }

    @Override
    public void forget(long instance, Jid group) {
        intents.forget(instance, group);
    }

    @Override
    public void forgetAll(long instance) {
        intents.forgetAll(instance);
    }
}
