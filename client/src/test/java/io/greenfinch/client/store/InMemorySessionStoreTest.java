package io.greenfinch.client.store;

final class InMemorySessionStoreTest implements SessionStoreContract {

    private final InMemorySessionStore store = new InMemorySessionStore();

    @Override
    public SessionStore store() {
        return store;
    }

    /** There is no next process for this one; the contract's data must at least still be here. */
    @Override
    public SessionStore reopened() {
        return store;
    }

    @Override
    public long instance(int number) {
        return 7_700_000_000L + number;
    }
}
