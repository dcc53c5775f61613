package io.greenfinch.gateway.instance;

import io.greenfinch.client.Session;

/** Where sessions come from: the client engine. */
@FunctionalInterface
public interface SessionSource {

    /**
     * Makes an instance's session, not started yet, from what is stored; it owns the instance from then on. Blocks.
     *
     * @throws io.greenfinch.client.store.StoreException when its state can't be read
     */
    Session open(long instance);
}
