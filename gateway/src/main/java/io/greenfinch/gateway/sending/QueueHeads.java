package io.greenfinch.gateway.sending;

import io.greenfinch.client.Session;
import io.greenfinch.gateway.store.SendQueueTable;
import io.greenfinch.gateway.store.SendQueueTable.Item;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import java.util.function.Predicate;

/** The first messages of chats, which are those that may be sent: in a chat they keep their order. Thread-safe; blocks. */
record QueueHeads(SendQueueTable queue, Preparations preparations) {

    /** Among so many that wait are those looked for. */
    static final int AHEAD = 32;

    /** Of so many chats, where the first ones all wait for something. */
    private static final int MOST = 1000;

    /**
     * The first of each chat, in the order in which they were given, unless something is to be done before it can be sent: then others
     * are looked for, however many wait behind it.
     *
     * @param waiting the first that wait, {@link #AHEAD} of them where there are so many
     * @param rests whether one is left alone for now, and its chat with it
     * @param wake called when more may be ready
     */
    List<Item> ready(long instance, Session session, List<Item> waiting, Predicate<Item> rests, LongConsumer wake) {
        Map<String, Item> firsts = new LinkedHashMap<>();
        waiting.forEach(item -> firsts.putIfAbsent(item.chat(), item));
        List<Item> ready = ready(instance, session, firsts.values(), rests, wake);
        return ready.isEmpty() && waiting.size() == AHEAD
                ? ready(instance, session, queue.heads(instance, MOST), rests, wake)
                : ready;
    }

    private List<Item> ready(
            long instance, Session session, Collection<Item> heads, Predicate<Item> rests, LongConsumer wake) {
        return heads.stream()
                .filter(item -> !waits(instance, session, item, wake) && !rests.test(item))
                .toList();
    }

    private boolean waits(long instance, Session session, Item item, LongConsumer wake) {
        boolean wants = QueuedMessage.wants(item);
        if (wants) {
            preparations.see(instance, session, item, wake);
        }
        return wants;
    }
}
