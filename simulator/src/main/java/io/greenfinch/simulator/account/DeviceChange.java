package io.greenfinch.simulator.account;

/** A change of an account's devices. */
public sealed interface DeviceChange {

    /** A companion was linked. */
    record Linked(Device device) implements DeviceChange {}

    /** A companion was unlinked; it is no longer in the account's list. */
    record Unlinked(Device device) implements DeviceChange {}

    /** The phone registered anew and has another identity key. */
    record Renewed(Account account) implements DeviceChange {}
}
