package io.greenfinch.client.device;

import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.pairing.DeviceListHash;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The devices of an account (specification §13). Immutable.
 *
 * @param account its PN or its LID, without a device
 * @param numbers of the devices, ascending; the phone is 0
 */
public record DeviceList(Jid account, List<Integer> numbers) {

    /** Addresses have room for as many (specification §5.2). */
    static final int MAX_NUMBER = 255;

    public DeviceList {
        numbers = List.copyOf(numbers);
    }

    /** A list of these numbers in any order; empty when one of them can't be a device's. */
    static Optional<DeviceList> of(Jid account, Collection<Integer> numbers) {
        TreeSet<Integer> sorted = new TreeSet<>(numbers);
        boolean possible = sorted.isEmpty() || (sorted.first() >= 0 && sorted.last() <= MAX_NUMBER);
        return possible ? Optional.of(new DeviceList(account.account(), List.copyOf(sorted))) : Optional.empty();
    }

    /** Their addresses. */
    public List<Jid> devices() {
        return numbers.stream().map(account::withDevice).toList();
    }

    public boolean has(int number) {
        return numbers.contains(number);
    }

    /** Whether {@code told} is the hash of this list, which the server sends with changes. */
    boolean hashes(String told) {
        return DeviceListHash.of(devices()).equals(told);
    }

    DeviceList with(Collection<Integer> added) {
        TreeSet<Integer> all = new TreeSet<>(numbers);
        all.addAll(added);
        return new DeviceList(account, List.copyOf(all));
    }

    DeviceList without(Collection<Integer> removed) {
        return new DeviceList(
                account,
                numbers.stream().filter(number -> !removed.contains(number)).toList());
    }
}
