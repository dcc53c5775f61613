package io.greenfinch.simulator.stanza;

import io.greenfinch.protocol.binary.Node;
import io.greenfinch.protocol.pairing.DeviceListHash;
import io.greenfinch.simulator.account.Device;
import io.greenfinch.simulator.account.KeyIndexList;
import io.greenfinch.simulator.account.PublicPreKey;
import io.greenfinch.simulator.account.PublicSignedPreKey;
import io.greenfinch.simulator.account.SimulatedAccount;
import io.greenfinch.simulator.world.World;

/** Device lists and public keys as stanzas have them (specification §12, §13). */
public final class DeviceStanzas {

    private DeviceStanzas() {}

    /** The account's signed list of key indexes. */
    public static Node keyIndexList(World world, SimulatedAccount account) {
        KeyIndexList list = account.keyIndexes(world.clock().instant(), world.random());
        return Node.element("key-index-list")
                .attribute("ts", list.at().getEpochSecond())
                .bytes(list.signed())
                .build();
    }

    /** The devices of an account, as usync gives them: the phone, which has no key index, and all companions, which have one. */
    public static Node devices(World world, SimulatedAccount account, boolean byLid) {
        Node.Builder list = Node.element("device-list")
                .attribute("hash", DeviceListHash.of(byLid ? account.deviceLids() : account.deviceAddresses()));
        for (Device device : account.devices()) {
            list.child(indexed(Node.element("device").attribute("id", device.number()), device));
        }
        Node.Builder devices = Node.element("devices").child(list);
        if (!account.companions().isEmpty()) {
            devices.child(keyIndexList(world, account));
        }
        return devices.build();
    }

    /** A device in a list, with its key index if it has one. */
    public static Node.Builder indexed(Node.Builder listed, Device device) {
        device.keyIndex().ifPresent(index -> listed.attribute("key-index", index));
        return listed;
    }

    public static Node registration(int id) {
        return Node.bytes("registration", ServerStanzas.int32(id));
    }

    public static Node type() {
        return Node.bytes("type", new byte[] {5});
    }

    public static Node identity(byte[] key) {
        return Node.bytes("identity", key);
    }

    public static Node preKey(PublicPreKey key) {
        return Node.element("key")
                .child(Node.bytes("id", ServerStanzas.int24(key.id())))
                .child(Node.bytes("value", key.key()))
                .build();
    }

    public static Node signedPreKey(PublicSignedPreKey key) {
        return Node.element("skey")
                .child(Node.bytes("id", ServerStanzas.int24(key.id())))
                .child(Node.bytes("value", key.key()))
                .child(Node.bytes("signature", key.signature()))
                .build();
    }
}
