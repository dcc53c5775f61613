package io.greenfinch.simulator.account;

import io.greenfinch.protocol.binary.Node;
import io.greenfinch.protocol.binary.NodeDecoder;
import io.greenfinch.protocol.binary.NodeEncoder;
import java.util.List;

/**
 * A companion as a snapshot has it.
 *
 * @param waiting what it has not acknowledged, as WABinary
 */
public record DeviceState(
        int number,
        int keyIndex,
        byte[] noiseKey,
        byte[] identity,
        int registrationId,
        int signedPreKeyId,
        byte[] signedPreKey,
        byte[] signedPreKeySignature,
        byte[] signedIdentity,
        String os,
        byte[] preKeys,
        List<byte[]> waiting) {

    static DeviceState of(Device device) {
        return new DeviceState(
                device.number(),
                device.keyIndex(),
                device.keys().noiseKey(),
                device.keys().identity(),
                device.keys().registrationId(),
                device.signedPreKey().id(),
                device.signedPreKey().key(),
                device.signedPreKey().signature(),
                device.signedIdentity(),
                device.os(),
                device.preKeys().toBytes(),
                device.mailbox().waiting().stream().map(NodeEncoder::encode).toList());
    }

    void restore(Account account) {
        Device device = account.link(new Companion(
                number,
                keyIndex,
                new CompanionKeys(noiseKey, identity, registrationId),
                new SignedKey(signedPreKeyId, signedPreKey, signedPreKeySignature),
                signedIdentity,
                os,
                PreKeyStock.ofBytes(preKeys)));
        for (byte[] stanza : waiting) {
            Node node = NodeDecoder.decode(stanza);
            device.mailbox().add(node);
        }
    }
}
