package io.greenfinch.client.keys;

import io.greenfinch.protocol.curve.PreKey;

/**
 * The numbers of one-time prekeys. Those that are uploaded and those that are made for one device alone have numbers of their own: as
 * many of the latter as others may ask for, they push none of the former out.
 *
 * @param first the lowest
 * @param last the highest; after it come the lowest again
 */
record PreKeyRange(int first, int last) {

    static final PreKeyRange UPLOADED = new PreKeyRange(1, (1 << 23) - 1);
    static final PreKeyRange RETRY = new PreKeyRange(1 << 23, PreKey.MAX_ID);

    /** The range of a number. */
    static PreKeyRange of(int id) {
        return id <= UPLOADED.last ? UPLOADED : RETRY;
    }

    /** A number that is one of these: itself, or else the first. */
    int in(int id) {
        return id < first || id > last ? first : id;
    }

    /** The number that comes so many later. */
    int after(int id, int steps) {
        return first + (in(id) - first + steps) % (last - first + 1);
    }

    /** The number that came so many before, where there was one. */
    int before(int id, int steps) {
        return id - steps < first ? last + 1 + id - steps - first : id - steps;
    }
}
