package io.greenfinch.client.device;

import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.pairing.DeviceListHash;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The devices of an account (specification §13). Immutable.
 *
 * @param account its PN or its LID, without a device
 * @param devices their addresses, ascending by number; the phone is 0. What a business host holds is named by a server of its own
 *     (specification §13.3)
 */
public record DeviceList(Jid account, List<Jid> devices) {

    /** Addresses have room for as many (specification §5.2). */
    static final int MAX_NUMBER = 255;

    public DeviceList {
        devices = List.copyOf(devices);
    }

    /** A list of these devices in any order; empty when one of them can't be a device of the account. */
    static Optional<DeviceList> of(Jid account, Collection<Jid> devices) {
        boolean possible = devices.stream()
                .allMatch(device -> device.account().equals(account.account()) && device.device() <= MAX_NUMBER);
        return possible ? Optional.of(sorted(account.account(), devices)) : Optional.empty();
    }

    private static DeviceList sorted(Jid account, Collection<Jid> devices) {
        TreeMap<Integer, Jid> byNumber = new TreeMap<>();
        devices.forEach(device -> byNumber.put(device.device(), device));
        return new DeviceList(account, List.copyOf(byNumber.values()));
    }

    /** Their numbers, ascending. */
    public List<Integer> numbers() {
        return devices.stream().map(Jid::device).toList();
    }

    public boolean has(int number) {
        return devices.stream().anyMatch(device -> device.device() == number);
    }

    /** Whether {@code told} is the hash of this list, which the server sends with changes. */
    boolean hashes(String told) {
        return DeviceListHash.of(devices).equals(told);
    }

    DeviceList with(DeviceList added) {
        List<Jid> all = new ArrayList<>(devices);
        all.addAll(added.devices);
        return sorted(account, all);
    }

    DeviceList without(DeviceList removed) {
        return new DeviceList(
                account,
                devices.stream().filter(device -> !removed.has(device.device())).toList());
    }
}
