package io.greenfinch.client.keys;

import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import io.greenfinch.protocol.curve.PreKey;
import io.greenfinch.protocol.curve.PublicKeys;
import io.greenfinch.protocol.curve.SignedPreKey;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/** Requests about the companion's own keys (specification §12.1, §12.4). */
final class KeyStanzas {

    private KeyStanzas() {}

    static Node count() {
        return request("get").child(Node.empty("count")).build();
    }

    static Node digest() {
        return request("get").child(Node.empty("digest")).build();
    }

    static Node rotate(SignedPreKey key) {
        return request("set").child(Node.element("rotate").child(signed(key))).build();
    }

    static Node upload(DeviceKeys keys, List<PreKey> batch) {
        Node.Builder list = Node.element("list");
        for (PreKey key : batch) {
            list.child(Node.element("key")
                    .child(Node.bytes("id", id(key.id())))
                    .child(Node.bytes("value", key.keys().publicKey())));
        }
        return request("set")
                .child(Node.bytes("registration", registration(keys)))
                .child(Node.bytes("type", new byte[] {PublicKeys.TYPE}))
                .child(Node.bytes("identity", keys.identity().publicKey()))
                .child(list)
                .child(signed(keys.signedPreKey()))
                .build();
    }

    static byte[] registration(DeviceKeys keys) {
        return ByteBuffer.allocate(4).putInt(keys.registrationId()).array();
    }

    /** A key's number, three bytes. */
    static byte[] id(int id) {
        return Arrays.copyOfRange(ByteBuffer.allocate(4).putInt(id).array(), 1, 4);
    }

    /** The keys with which somebody who could not be read is asked to start anew (specification §15.3). */
    static Node offer(DeviceKeys keys, PreKey fresh, byte[] deviceIdentity) {
        return Node.element("keys")
                .child(Node.bytes("type", new byte[] {PublicKeys.TYPE}))
                .child(Node.bytes("identity", keys.identity().publicKey()))
                .child(Node.element("key")
                        .child(Node.bytes("id", id(fresh.id())))
                        .child(Node.bytes("value", fresh.keys().publicKey())))
                .child(signed(keys.signedPreKey()))
                .child(Node.bytes("device-identity", deviceIdentity))
                .build();
    }

    private static Node.Builder signed(SignedPreKey key) {
        return Node.element("skey")
                .child(Node.bytes("id", id(key.id())))
                .child(Node.bytes("value", key.keys().publicKey()))
                .child(Node.bytes("signature", key.signature()));
    }

    private static Node.Builder request(String type) {
        return Node.element("iq")
                .attribute("to", Jid.SERVER)
                .attribute("type", type)
                .attribute("xmlns", "encrypt");
    }
}
