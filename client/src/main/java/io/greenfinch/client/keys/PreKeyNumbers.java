package io.greenfinch.client.keys;

/**
 * The numbers of the next one-time prekeys, each in its {@link PreKeyRange}. Immutable.
 *
 * @param uploaded of those for everybody
 * @param retry of those that are made for one device alone
 */
public record PreKeyNumbers(int uploaded, int retry) {

    static final PreKeyNumbers FIRST = of(PreKeyRange.UPLOADED.first(), PreKeyRange.RETRY.first());

    /** These numbers; the first one of a range in place of one that is none of it, as of those that were stored before there were two. */
    public static PreKeyNumbers of(int uploaded, int retry) {
        return new PreKeyNumbers(PreKeyRange.UPLOADED.in(uploaded), PreKeyRange.RETRY.in(retry));
    }

    /** So many keys later, of either kind. */
    PreKeyNumbers after(int keys) {
        return new PreKeyNumbers(PreKeyRange.UPLOADED.after(uploaded, keys), PreKeyRange.RETRY.after(retry, keys));
    }

    /** After so many that were uploaded. */
    PreKeyNumbers afterUploaded(int keys) {
        return new PreKeyNumbers(PreKeyRange.UPLOADED.after(uploaded, keys), retry);
    }

    /** After one for a device alone. */
    PreKeyNumbers afterRetry() {
        return new PreKeyNumbers(uploaded, PreKeyRange.RETRY.after(retry, 1));
    }
}
