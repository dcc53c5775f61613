package io.greenfinch.gateway.instance;

import io.greenfinch.client.Session;
import io.greenfinch.client.store.StoreException;
import io.greenfinch.client.store.UnreadableStateException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.BiConsumer;

/**
 * Opens many sessions at a time when a gateway starts.
 *
 * @param damaged told the instance whose state can't be read, and what is wrong
 */
record SessionOpening(SessionSource source, BiConsumer<Long, String> damaged) {

    /** Sessions whose state is read at the same time. */
    private static final int OPENING = 200;

    /**
     * Opens them; those whose state is damaged are told of and left out.
     *
     * @throws StoreException when the store can't be read; then none is open
     */
    Map<Long, Session> all(List<Long> ids) {
        Map<Long, Session> open = new ConcurrentHashMap<>();
        Semaphore places = new Semaphore(OPENING);
        try (ExecutorService threads = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("instance-load-", 0).factory())) {
            List<Future<?>> opening = new ArrayList<>();
            for (long id : ids) {
                places.acquire();
                opening.add(threads.submit(() -> {
                    try {
                        open.put(id, source.open(id));
                    } catch (UnreadableStateException e) {
                        damaged.accept(id, String.valueOf(e.getMessage()));
                    } finally {
                        places.release();
                    }
                }));
            }
            for (Future<?> one : opening) {
                one.get();
            }
        } catch (ExecutionException e) {
            open.values().forEach(Session::close);
            throw e.getCause() instanceof StoreException known ? known : new StoreException("not loaded", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException("interrupted while loading", e);
        }
        return open;
    }
}
