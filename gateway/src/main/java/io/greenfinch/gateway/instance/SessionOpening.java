package io.greenfinch.gateway.instance;

import io.greenfinch.client.Session;
import io.greenfinch.client.store.StoreException;
import io.greenfinch.client.store.UnreadableStateException;
import io.greenfinch.gateway.store.StoredInstance;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens many sessions at a time when a gateway starts. */
record SessionOpening(SessionSource source) {

    private static final Logger log = LoggerFactory.getLogger(SessionOpening.class);

    /** Sessions whose state is read at the same time. */
    private static final int OPENING = 200;

    /**
     * Opens those that live; those whose state is damaged are told of in the log and left out.
     *
     * @throws StoreException when the store can't be read; then none is open
     */
    Map<Long, Session> all(List<StoredInstance> stored) {
        return open(stored.stream()
                .filter(instance -> instance.deleted().isEmpty() && sound(instance))
                .map(StoredInstance::id)
                .toList());
    }

    /** Whether it can be used, as far as its row tells. */
    private static boolean sound(StoredInstance instance) {
        boolean sound = Instance.settings(instance).isPresent();
        if (!sound) {
            damaged(instance.id(), "the settings");
        }
        return sound;
    }

    private static void damaged(long id, String what) {
        log.error(
                "Instance {} can't be used, its stored state is damaged: {}. Restore the database from a copy, or delete "
                        + "the instance",
                id,
                what);
    }

    private Map<Long, Session> open(List<Long> ids) {
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
                        damaged(id, String.valueOf(e.getMessage()));
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
