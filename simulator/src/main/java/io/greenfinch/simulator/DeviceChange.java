package io.greenfinch.simulator;

/**
 * Somebody linked a device or unlinked one.
 *
 * @param person whose, by push name, or by number without one
 * @param name what the device called itself
 * @param jid its address
 * @param linked false when it is linked no longer
 */
public record DeviceChange(String person, String name, String jid, boolean linked) {}
