package io.greenfinch.client.store;

import java.util.ArrayList;
import java.util.List;

final class InMemorySessionStoreTest implements HostRowContract<String> {

    private final List<String> rows = new ArrayList<>();
    private final InMemorySessionStore<String> store = new InMemorySessionStore<>(this::write);
    private boolean failing;

    private Runnable write(long instance, String row) {
        if (row.equals("refused") || failing) {
            throw new IllegalStateException("refused");
        }
        String written = instance + " " + row;
        rows.add(written);
        return () -> rows.remove(written);
    }

    @Override
    public SessionStore<String> store() {
        return store;
    }

    /** There is no next process for this one; the contract's data must at least still be here. */
    @Override
    public SessionStore<String> reopened() {
        return store;
    }

    @Override
    public long instance(int number) {
        return 7_700_000_000L + number;
    }

    @Override
    public String row(int number, String text) {
        return text;
    }

    @Override
    public String refusedRow(int number) {
        return "refused";
    }

    /** The last thing that can fail here is a row. */
    @Override
    public Breakage breakCommits() {
        failing = true;
        return new Breakage() {
            @Override
            public void awaitHit() {}

            @Override
            public void close() {
                failing = false;
            }
        };
    }

    @Override
    public List<String> rows(int number) {
        String prefix = instance(number) + " ";
        return rows.stream()
                .filter(row -> row.startsWith(prefix))
                .map(row -> row.substring(prefix.length()))
                .toList();
    }
}
