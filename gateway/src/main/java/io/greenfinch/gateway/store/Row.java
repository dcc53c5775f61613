package io.greenfinch.gateway.store;

/**
 * A row that a table has prepared, to be written in the transaction of somebody else's commit. Only tables make rows, and
 * only the store looks into them. Immutable.
 */
public final class Row {

    private final Database.Work<?> work;

    Row(Database.Work<?> work) {
        this.work = work;
    }

    Database.Work<?> work() {
        return work;
    }
}
