package io.greenfinch.client.connection;

import java.util.concurrent.Executor;

/** Does the steps of one session, one at a time and in the order in which they came. Thread-safe. */
public interface SessionExecutor extends Executor {

    /**
     * Does a step on the caller's thread if nothing else is being done, and otherwise leaves it to whoever is at it. The
     * caller holds no lock that a step may need, and may have to do some of the steps that come meanwhile.
     */
    void executeHere(Runnable step);
}
