package io.greenfinch.client.store;

/** A commit by somebody who no longer owns the instance. Nothing was changed. */
public final class StaleEpochException extends StoreException {

    private static final long serialVersionUID = 1L;

    public StaleEpochException(long instance, long epoch) {
        super("instance " + instance + " has a newer owner than epoch " + epoch);
    }
}
