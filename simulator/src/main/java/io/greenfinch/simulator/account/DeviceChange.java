package io.greenfinch.simulator.account;

/** A change of an account's device list. */
public sealed interface DeviceChange {

    /** The companion that came or went. */
    Device device();

    /** A companion was linked. */
    record Linked(Device device) implements DeviceChange {}

    /** A companion was unlinked; it is no longer in the account's list. */
    record Unlinked(Device device) implements DeviceChange {}
}
