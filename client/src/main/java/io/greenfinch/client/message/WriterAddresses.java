package io.greenfinch.client.message;

import io.greenfinch.client.store.ProcessCache;
import io.greenfinch.protocol.binary.Jid;

/**
 * By which of their names people write to us: what is told them of their messages goes there (specification §15.1). As far as that is
 * remembered; else they are told by the name that they are shown by. Thread-safe.
 */
final class WriterAddresses {

    private static final int BYTES = 200;

    private record Chat(long instance, Jid shown) {}

    private record Address(Jid name) {}

    private final long instance;
    private final ProcessCache.Region<Chat, Address> known;

    WriterAddresses(long instance, ProcessCache cache) {
        this.instance = instance;
        this.known = cache.region(Address.class);
    }

    /** Somebody who is shown by one name wrote by another, or by the same. */
    void wrote(Jid shown, Jid name) {
        Chat chat = new Chat(instance, shown);
        if (name.equals(shown)) { // which is what is taken where nothing is known: that is most of them
            if (known.find(chat).isPresent()) {
                known.remove(chat);
            }
        } else if (known.find(chat)
                .filter(address -> address.name().equals(name))
                .isEmpty()) {
            known.put(chat, new Address(name), BYTES);
        }
    }

    /** Where to tell somebody who is shown by this name; groups are told where they are. */
    Jid of(Jid shown) {
        return known.find(new Chat(instance, shown)).map(Address::name).orElse(shown);
    }
}
