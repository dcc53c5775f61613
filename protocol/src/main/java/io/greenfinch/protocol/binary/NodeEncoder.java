package io.greenfinch.protocol.binary;

import java.nio.charset.StandardCharsets;

/**
 * Writes stanzas as WABinary (specification §5). The output starts with the flag byte 00: never compressed, as all
 * clients send it.
 */
public final class NodeEncoder {

    private static final int MAX_LIST = 0xFFFF;

    private final ByteSink out = new ByteSink();

    private NodeEncoder() {}

    /**
     * Encodes one stanza, flag byte included.
     *
     * @throws IllegalArgumentException when a list has more than 65,535 entries
     */
    public static byte[] encode(Node node) {
        NodeEncoder encoder = new NodeEncoder();
        encoder.out.write(0);
        encoder.node(node);
        return encoder.out.toByteArray();
    }

    private void node(Node node) {
        boolean hasContent = !node.children().isEmpty() || node.content().length > 0;
        listStart(1 + 2 * node.attributes().size() + (hasContent ? 1 : 0));
        string(node.tag());
        node.attributes().forEach((name, value) -> {
            string(name);
            switch (value) {
                case Jid jid -> jid(jid);
                case AttributeValue.Text text -> string(text.value());
            }
        });
        if (node.content().length > 0) {
            binary(node.content());
        } else if (!node.children().isEmpty()) {
            listStart(node.children().size());
            node.children().forEach(this::node);
        }
    }

    private void listStart(int size) {
        if (size == 0) {
            out.write(Tag.LIST_EMPTY);
        } else if (size < 256) {
            out.write(Tag.LIST_8);
            out.write(size);
        } else if (size <= MAX_LIST) {
            out.write(Tag.LIST_16);
            int16(size);
        } else {
            throw new IllegalArgumentException("a list of " + size + " entries");
        }
    }

    private void jid(Jid jid) {
        switch (jid.server()) {
            case Jid.MESSENGER -> {
                out.write(Tag.FB_JID);
                string(jid.user());
                int16(jid.device());
                string(jid.server());
            }
            case Jid.INTEROP -> {
                out.write(Tag.INTEROP_JID);
                string(jid.user());
                int16(jid.device());
                int16(jid.integrator());
                string(jid.server());
            }
            default -> {
                int domain = domain(jid);
                if (domain >= 0 && jid.device() < 256) {
                    out.write(Tag.AD_JID);
                    out.write(domain);
                    out.write(jid.device());
                    string(jid.user());
                } else if (jid.device() == 0) {
                    out.write(Tag.JID_PAIR);
                    if (jid.user().isEmpty()) {
                        out.write(Tag.LIST_EMPTY);
                    } else {
                        string(jid.user());
                    }
                    string(jid.server());
                } else {
                    throw new IllegalArgumentException(
                            "no encoding for device " + jid.device() + " at " + jid.server());
                }
            }
        }
    }

    /** The domain type when the JID is to be written as AD_JID, else -1. */
    private static int domain(Jid jid) {
        return switch (jid.server()) {
            case Jid.USERS -> jid.device() > 0 ? Tag.DOMAIN_PN : -1;
            case Jid.LIDS -> jid.device() > 0 ? Tag.DOMAIN_LID : -1;
            case Jid.HOSTED -> Tag.DOMAIN_HOSTED;
            case Jid.HOSTED_LID -> Tag.DOMAIN_HOSTED_LID;
            default -> -1;
        };
    }

    private void string(String text) {
        int token = Tokens.code(text);
        if (token >= 256) {
            out.write(Tag.DICTIONARY_0 + (token - 256) / Tokens.DICTIONARY_SIZE);
            out.write(token % Tokens.DICTIONARY_SIZE);
        } else if (token > 0) {
            out.write(token);
        } else if (isPackable(text, Tag.NIBBLES)) {
            packed(Tag.NIBBLE_8, Tag.NIBBLES, text);
        } else if (isPackable(text, Tag.HEX)) {
            packed(Tag.HEX_8, Tag.HEX, text);
        } else {
            binary(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    private static boolean isPackable(String text, String alphabet) {
        if (text.isEmpty() || text.length() > Tag.PACKED_MAX) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (alphabet.indexOf(text.charAt(i)) < 0) {
                return false;
            }
        }
        return true;
    }

    private void packed(int tag, String alphabet, String text) {
        out.write(tag);
        int length = (text.length() + 1) / 2;
        out.write(length | (text.length() % 2 == 1 ? 0x80 : 0));
        for (int i = 0; i < text.length(); i += 2) {
            int high = alphabet.indexOf(text.charAt(i));
            int low = i + 1 < text.length() ? alphabet.indexOf(text.charAt(i + 1)) : Tag.PADDING;
            out.write((high << 4) | low);
        }
    }

    private void binary(byte[] bytes) {
        int length = bytes.length;
        if (length < 256) {
            out.write(Tag.BINARY_8);
            out.write(length);
        } else if (length < 1 << 20) {
            out.write(Tag.BINARY_20);
            out.write(length >> 16);
            int16(length);
        } else {
            out.write(Tag.BINARY_32);
            int16(length >> 16);
            int16(length);
        }
        out.write(bytes);
    }

    private void int16(int value) {
        out.write(value >> 8);
        out.write(value);
    }
}
