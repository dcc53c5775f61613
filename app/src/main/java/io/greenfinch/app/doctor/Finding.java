package io.greenfinch.app.doctor;

/**
 * What one look found.
 *
 * @param about what was looked at, one word or two
 * @param found in a sentence
 * @param remedy what to do about it; empty when nothing is to be done
 */
record Finding(String about, Verdict verdict, String found, String remedy) {

    /** How good it is. */
    enum Verdict {
        OK,
        WARNING,
        FAILED
    }

    static Finding ok(String about, String found) {
        return new Finding(about, Verdict.OK, found, "");
    }

    static Finding warning(String about, String found, String remedy) {
        return new Finding(about, Verdict.WARNING, found, remedy);
    }

    static Finding failed(String about, String found, String remedy) {
        return new Finding(about, Verdict.FAILED, found, remedy);
    }
}
