package io.greenfinch.simulator.account;

/**
 * How a client began its connection.
 *
 * @param routingInfo the edge-routing information it sent before its first frame, empty for none (specification §1.4); read-only
 * @param resumed whether it knew our key and left out half of the handshake (specification §2.4)
 */
public record ClientIntro(byte[] routingInfo, boolean resumed) {

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }

    @Override
    public String toString() {
        return "ClientIntro[" + routingInfo.length + " bytes of routing, resumed " + resumed + "]";
    }
}
