package io.greenfinch.client.device;

import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a notification tells about devices (specification §13.4). */
public sealed interface DeviceUpdate {

    /** How a list changed. */
    enum Action {
        ADDED,
        REMOVED,
        /** Changed in a way that is not told. */
        OTHER
    }

    /**
     * Somebody's devices changed.
     *
     * @param devices that came or went, of an account under one of its names; a notification that has both tells it twice
     * @param hash of the whole list as it is now, where it was told
     */
    record Changed(Action action, DeviceList devices, Optional<String> hash) implements DeviceUpdate {}

    /**
     * All devices of our own account.
     *
     * @param hash of the list, where it was told
     */
    record Own(DeviceList list, Optional<String> hash) implements DeviceUpdate {}

    /** Reads a notification; empty when it tells nothing of devices, or nothing that can be so. */
    static List<DeviceUpdate> parse(Node notification) {
        Optional<Jid> from = notification.jid("from").filter(DeviceUpdate::isPerson);
        if (from.isEmpty()) {
            return List.of();
        }
        return switch (notification.attribute("type").orElse("")) {
            case "devices" -> changes(notification, from.get().account());
            case "account_sync" ->
                notification
                        .child("devices")
                        .flatMap(devices -> own(devices, from.get().account()))
                        .map(List::of)
                        .orElse(List.of());
            default -> List.of();
        };
    }

    private static List<DeviceUpdate> changes(Node notification, Jid from) {
        List<DeviceUpdate> updates = new ArrayList<>();
        for (Node change : notification.children()) {
            Optional<Action> action = action(change.tag());
            if (action.isPresent()) {
                changed(change, "jid", action.get(), from, change.attribute("device_hash"))
                        .ifPresent(updates::add);
                notification
                        .jid("lid")
                        .filter(Jid::isLid)
                        .flatMap(lid -> changed(
                                change, "lid", action.get(), lid.account(), change.attribute("device_lid_hash")))
                        .ifPresent(updates::add);
            }
        }
        return updates;
    }

    private static Optional<DeviceUpdate> changed(
            Node change, String name, Action action, Jid account, Optional<String> hash) {
        return list(change, name, account).map(devices -> new Changed(action, devices, hash));
    }

    private static Optional<DeviceUpdate> own(Node devices, Jid account) {
        return list(devices, "jid", account).map(list -> new Own(list, devices.attribute("dhash")));
    }

    private static Optional<DeviceList> list(Node holder, String name, Jid account) {
        List<Jid> devices = new ArrayList<>();
        for (Node device : holder.children("device")) {
            Optional<Jid> jid = device.jid(name).map(address -> SessionDevices.marked(device, address));
            if (jid.isEmpty()) {
                return Optional.empty();
            }
            devices.add(jid.get());
        }
        return DeviceList.of(account, devices);
    }

    private static Optional<Action> action(String tag) {
        return switch (tag) {
            case "add" -> Optional.of(Action.ADDED);
            case "remove" -> Optional.of(Action.REMOVED);
            case "update" -> Optional.of(Action.OTHER);
            default -> Optional.empty();
        };
    }

    private static boolean isPerson(Jid jid) {
        return jid.isPn() || jid.isLid();
    }
}
