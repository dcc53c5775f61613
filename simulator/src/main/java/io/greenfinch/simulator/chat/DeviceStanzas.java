package io.greenfinch.simulator.chat;

import io.greenfinch.protocol.binary.Node;
import io.greenfinch.protocol.pairing.DeviceListHash;
import io.greenfinch.simulator.account.Account;
import io.greenfinch.simulator.account.Device;
import io.greenfinch.simulator.account.KeyIndexList;
import io.greenfinch.simulator.account.PreKey;
import io.greenfinch.simulator.account.SignedKey;
import io.greenfinch.simulator.world.World;

/** Device lists and public keys as stanzas have them (specification §12, §13). */
final class DeviceStanzas {

    private DeviceStanzas() {}

    /** The account's signed list of key indexes. */
    static Node keyIndexList(World world, Account account) {
        KeyIndexList list = account.keyIndexes(world.clock().instant(), world.random());
        return Node.element("key-index-list")
                .attribute("ts", list.at().getEpochSecond())
                .bytes(list.signed())
                .build();
    }

    /** The devices of an account, as usync gives them: the phone, which has no key index, and all companions, which have one. */
    static Node devices(World world, Account account, boolean byLid) {
        Node.Builder list = Node.element("device-list")
                .attribute("hash", DeviceListHash.of(byLid ? account.deviceLids() : account.deviceAddresses()))
                .child(Node.element("device").attribute("id", 0));
        for (Device device : account.devices()) {
            list.child(
                    Node.element("device").attribute("id", device.number()).attribute("key-index", device.keyIndex()));
        }
        Node.Builder devices = Node.element("devices").child(list);
        if (!account.devices().isEmpty()) {
            devices.child(keyIndexList(world, account));
        }
        return devices.build();
    }

    static Node registration(int id) {
        return Node.bytes("registration", Stanzas.int32(id));
    }

    static Node type() {
        return Node.bytes("type", new byte[] {5});
    }

    static Node identity(byte[] key) {
        return Node.bytes("identity", key);
    }

    static Node preKey(PreKey key) {
        return Node.element("key")
                .child(Node.bytes("id", Stanzas.int24(key.id())))
                .child(Node.bytes("value", key.key()))
                .build();
    }

    static Node signedPreKey(SignedKey key) {
        return Node.element("skey")
                .child(Node.bytes("id", Stanzas.int24(key.id())))
                .child(Node.bytes("value", key.key()))
                .child(Node.bytes("signature", key.signature()))
                .build();
    }
}
