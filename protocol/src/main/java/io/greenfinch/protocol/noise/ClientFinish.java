package io.greenfinch.protocol.noise;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * What a server learns from the last message of a handshake.
 *
 * @param noiseKey the client's static key, raw
 * @param payload the serialized client payload (specification §4)
 */
public record ClientFinish(byte[] noiseKey, byte[] payload) {

    @Override
    public boolean equals(Object other) {
        return other instanceof ClientFinish that
                && Arrays.equals(noiseKey, that.noiseKey)
                && Arrays.equals(payload, that.payload);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(noiseKey) + Arrays.hashCode(payload);
    }

    @Override
    public String toString() {
        return "ClientFinish[" + HexFormat.of().formatHex(noiseKey) + ", payload of " + payload.length + " bytes]";
    }
}
