package io.greenfinch.simulator.stanza;

import io.greenfinch.protocol.binary.AttributeValue;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import io.greenfinch.simulator.group.ServiceRefusal;

/** Stanzas and parts of stanzas that several features need. */
public final class ServerStanzas {

    private ServerStanzas() {}

    /** A request of the server, still without content. */
    public static Node.Builder request(String id, String type, String xmlns) {
        return Node.element("iq")
                .attribute("from", Jid.SERVER)
                .attribute("type", type)
                .attribute("id", id)
                .attribute("xmlns", xmlns);
    }

    /** The answer to a request, still without type: it comes from where the request went (specification §10.3). */
    public static Node.Builder answer(Node request) {
        AttributeValue to = request.attributes().getOrDefault("to", Jid.SERVER);
        return Node.element("iq")
                .attribute("from", to)
                .attribute("id", request.attribute("id").orElse(""));
    }

    /** The {@code <error>} of a refused request. */
    public static Node.Builder error(int code, String text) {
        return Node.element("error").attribute("code", code).attribute("text", text);
    }

    public static Node error(ServiceRefusal refusal) {
        return error(refusal.code(), refusal.text()).build();
    }

    public static Node.Builder streamError() {
        return Node.element("stream:error");
    }

    public static Node streamError(int code) {
        return streamError().attribute("code", code).build();
    }

    /** The end of a companion that is no longer linked (specification §9.3). */
    public static Node deviceRemoved() {
        return streamError()
                .attribute("code", 401)
                .child(Node.element("conflict").attribute("type", "device_removed"))
                .build();
    }

    /** The end of a connection whose companion connected again. */
    public static Node replaced() {
        return streamError()
                .child(Node.element("conflict").attribute("type", "replaced"))
                .build();
    }

    public static Node malformed() {
        return streamError().child(Node.empty("xml-not-well-formed")).build();
    }

    public static Node failure(int reason) {
        return Node.element("failure")
                .attribute("reason", reason)
                .attribute("location", "greenfinch")
                .build();
    }

    /** An {@code <ib>} of the server. */
    public static Node.Builder information() {
        return Node.element("ib").attribute("from", Jid.SERVER);
    }

    /** Three bytes, most significant first: how prekey ids are written (specification §0). */
    public static byte[] int24(int value) {
        return new byte[] {(byte) (value >> 16), (byte) (value >> 8), (byte) value};
    }

    /** Four bytes, most significant first: how registration ids are written. */
    public static byte[] int32(int value) {
        return new byte[] {(byte) (value >> 24), (byte) (value >> 16), (byte) (value >> 8), (byte) value};
    }

    /** Reads up to four bytes, most significant first. */
    public static int number(byte[] bytes) {
        int value = 0;
        for (byte next : bytes) {
            value = value << 8 | (next & 0xFF);
        }
        return value;
    }
}
