package io.greenfinch.simulator.fault;

/**
 * A fault as it stands: what was ordered and how often it happened.
 *
 * @param id its number
 * @param match what it applies to
 * @param effect what goes wrong
 * @param times how often it happens, 0 for until it is taken away
 * @param fired how often it happened
 */
public record Fault(long id, Match match, Effect effect, int times, int fired) {

    /** Whether it may happen again. */
    public boolean armed() {
        return times == 0 || fired < times;
    }

    Fault once() {
        return new Fault(id, match, effect, times, fired + 1);
    }
}
