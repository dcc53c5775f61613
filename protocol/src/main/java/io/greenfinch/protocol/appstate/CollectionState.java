package io.greenfinch.protocol.appstate;

/**
 * How far a collection is known.
 *
 * @param version of the last patch that is in it; 0 of a collection in which nothing ever was
 * @param hash over its entries
 */
public record CollectionState(long version, LtHash hash) {

    /** Nothing is known. */
    public static final CollectionState INITIAL = new CollectionState(0, LtHash.EMPTY);
}
