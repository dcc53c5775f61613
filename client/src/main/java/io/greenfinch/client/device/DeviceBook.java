package io.greenfinch.client.device;

import io.greenfinch.client.store.ProcessCache;
import io.greenfinch.protocol.binary.Jid;
import java.util.Optional;

/**
 * The device lists that a session knows: its own account's and those of people it has asked for, the latest ones. A list
 * is here only as long as it is certain: a change that does not lead to the hash that came with it makes it unknown again.
 * Nothing is kept across restarts; what is not here is asked for. Thread-safe.
 */
public final class DeviceBook {

    /** What a list weighs beside its numbers. */
    private static final int BYTES = 200;

    /** What each of its devices adds. */
    private static final int DEVICE = 60;

    private final ProcessCache.Region<Jid, DeviceList> lists;

    /** An empty book; which lists stay in memory is for the cache to decide. */
    public DeviceBook(ProcessCache cache) {
        lists = cache.region(
                DeviceList.class, list -> BYTES + DEVICE * list.devices().size());
    }

    /** The devices of an account, by PN or LID as it was asked for. */
    public synchronized Optional<DeviceList> find(Jid account) {
        return lists.find(account.account());
    }

    /** The server told all devices of an account. */
    public synchronized void learned(DeviceList list) {
        lists.put(list.account(), list);
    }

    /** The server told of a change. */
    public synchronized void apply(DeviceUpdate update) {
        switch (update) {
            case DeviceUpdate.Own(DeviceList list, Optional<String> hash) -> certain(list.account(), list, hash);
            case DeviceUpdate.Changed changed -> {
                DeviceList known = lists.find(changed.devices().account()).orElse(null);
                if (known != null) {
                    switch (changed.action()) {
                        case ADDED ->
                            certain(changed.devices().account(), known.with(changed.devices()), changed.hash());
                        case REMOVED ->
                            certain(changed.devices().account(), known.without(changed.devices()), changed.hash());
                        case OTHER -> lists.remove(changed.devices().account());
                    }
                }
            }
        }
    }

    private void certain(Jid account, DeviceList list, Optional<String> hash) {
        if (hash.filter(told -> !list.hashes(told)).isPresent()) {
            lists.remove(account);
        } else {
            learned(list);
        }
    }

    /** Somebody's devices are others now, and which is not known. */
    public synchronized void forget(Jid account) {
        lists.remove(account.account());
    }

    /** The account is no longer linked. */
    public synchronized void clear() {
        lists.clear();
    }
}
