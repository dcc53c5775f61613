package io.greenfinch.simulator.notification;

import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import io.greenfinch.protocol.pairing.DeviceListHash;
import io.greenfinch.simulator.account.Companion;
import io.greenfinch.simulator.account.Device;
import io.greenfinch.simulator.account.Line;
import io.greenfinch.simulator.account.SimulatedAccount;
import io.greenfinch.simulator.stanza.DeviceStanzas;
import io.greenfinch.simulator.world.World;
import java.util.function.Supplier;

/**
 * Tells an account's other devices, and those of everybody it shares a group or a chat with, that a companion came or went (specification §13.4), or that its identity key is another (§12.4).
 * Called while the world is locked.
 */
final class DeviceNotifications {

    private final World world;
    private final Supplier<String> ids;

    DeviceNotifications(World world, Supplier<String> ids) {
        this.world = world;
        this.ids = ids;
    }

    void linked(Companion companion) {
        tell(companion, "add");
    }

    /** Only the phone hears of it, by a stanza of our own: how the real service tells it nobody but a phone can see. */
    void equipped(Companion companion) {
        companion
                .account()
                .phone()
                .deliver(notification(Jid.SERVER, "companion")
                        .child(Node.element("equipped").attribute("jid", companion.pn()))
                        .build());
    }

    void unlinked(Companion companion) {
        companion.line().ifPresent(Line::unlinked);
        tell(companion, "remove");
    }

    void registeredAnew(SimulatedAccount account) {
        tellCorrespondents(
                account,
                notification(account.pn(), "encrypt")
                        .child(Node.empty("identity"))
                        .build());
    }

    private void tell(Companion changed, String action) {
        SimulatedAccount account = changed.account();
        Node toSelf = ownList(account);
        Node change = change(changed, action);
        account.devices().stream().filter(device -> device != changed).forEach(device -> {
            device.deliver(change);
            device.deliver(toSelf);
        });
        tellCorrespondents(account, change);
    }

    private void tellCorrespondents(SimulatedAccount account, Node notification) {
        world.correspondents(account).forEach(other -> other.devices().forEach(device -> device.deliver(notification)));
    }

    private Node ownList(SimulatedAccount account) {
        Node.Builder devices = Node.element("devices").attribute("dhash", DeviceListHash.of(account.deviceAddresses()));
        for (Device device : account.devices()) {
            devices.child(DeviceStanzas.indexed(Node.element("device").attribute("jid", device.pn()), device));
        }
        devices.child(DeviceStanzas.keyIndexList(world, account));
        return notification(account.pn(), "account_sync").child(devices).build();
    }

    private Node change(Companion changed, String action) {
        SimulatedAccount account = changed.account();
        return notification(account.pn(), "devices")
                .attribute("lid", account.lid())
                .child(Node.element(action)
                        .attribute("device_hash", DeviceListHash.of(account.deviceAddresses()))
                        .attribute("device_lid_hash", DeviceListHash.of(account.deviceLids()))
                        .child(DeviceStanzas.indexed(
                                Node.element("device")
                                        .attribute("jid", changed.pn())
                                        .attribute("lid", changed.lid()),
                                changed))
                        .child(DeviceStanzas.keyIndexList(world, account)))
                .build();
    }

    private Node.Builder notification(Jid from, String type) {
        return Node.element("notification")
                .attribute("from", from)
                .attribute("type", type)
                .attribute("id", ids.get())
                .attribute("t", world.seconds());
    }
}
