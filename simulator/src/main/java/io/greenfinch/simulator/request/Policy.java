package io.greenfinch.simulator.request;

import io.greenfinch.simulator.group.Addressing;

/** What can be chosen about the service while it runs. Thread-safe. */
public final class Policy {

    private volatile boolean strict;
    private volatile boolean resuming = true;
    private volatile Addressing newGroups = Addressing.LID;
    private volatile int messageRate;
    private volatile int snapshotAfter = 100;

    /** Whether unknown requests are refused instead of being answered with an empty result (specification §10.3). */
    public boolean strict() {
        return strict;
    }

    public void strict(boolean value) {
        strict = value;
    }

    /** Whether clients that know the server's key may leave out half of the handshake (specification §2.4). */
    public boolean resuming() {
        return resuming;
    }

    public void resuming(boolean value) {
        resuming = value;
    }

    /** The addressing mode of groups that clients create. */
    public Addressing newGroups() {
        return newGroups;
    }

    public void newGroups(Addressing mode) {
        newGroups = mode;
    }

    /** How many messages an account may send within a second, 0 for any number (specification §26.2). */
    public int messageRate() {
        return messageRate;
    }

    public void messageRate(int most) {
        messageRate = most;
    }

    /** Of how many patches a device is given a snapshot instead, when it asks for one (specification §23.2). */
    public int snapshotAfter() {
        return snapshotAfter;
    }

    public void snapshotAfter(int patches) {
        snapshotAfter = patches;
    }
}
