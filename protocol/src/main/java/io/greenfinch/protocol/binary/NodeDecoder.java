package io.greenfinch.protocol.binary;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads stanzas from WABinary (specification §5). The bytes are hostile: whatever they are, the result is a node or a
 * {@link MalformedStanzaException}, in memory bounded by a budget for each stanza and in depth by {@link #MAX_DEPTH}.
 */
public final class NodeDecoder {

    /** Elements may not be nested deeper. */
    public static final int MAX_DEPTH = 64;

    private static final int FLAG_COMPRESSED = 0x02;

    private final byte[] data;
    private final DecodingBudget budget;
    private int position;

    /** The outermost element, once its attributes have been read. */
    private Node.@Nullable Builder root;

    private NodeDecoder(byte[] data, int position, DecodingBudget budget) {
        this.data = data;
        this.position = position;
        this.budget = budget;
    }

    /**
     * Decodes the plaintext of one frame: flag byte, then one stanza that fills the rest.
     *
     * @throws MalformedStanzaException when the bytes are anything else; nothing else is thrown
     */
    public static Node decode(byte[] frame) {
        if (frame.length < 2) {
            throw new MalformedStanzaException("a stanza of " + frame.length + " bytes");
        }
        boolean compressed = (frame[0] & FLAG_COMPRESSED) != 0;
        DecodingBudget budget = new DecodingBudget(frame.length);
        NodeDecoder decoder =
                compressed ? new NodeDecoder(Inflated.of(frame), 0, budget) : new NodeDecoder(frame, 1, budget);
        try {
            Node node = decoder.node(0);
            if (decoder.position != decoder.data.length) {
                throw new MalformedStanzaException("bytes after the end of the stanza");
            }
            return node;
        } catch (IllegalArgumentException e) {
            throw decoder.failed(new MalformedStanzaException("a JID that can't be: " + e.getMessage(), e));
        } catch (MalformedStanzaException e) {
            throw decoder.failed(e);
        }
    }

    /** The failure, with the stanza's head if reading came so far. */
    private MalformedStanzaException failed(MalformedStanzaException e) {
        return root == null ? e : e.after(root.head());
    }

    private Node node(int depth) {
        if (depth > MAX_DEPTH) {
            throw new MalformedStanzaException("elements nested deeper than " + MAX_DEPTH);
        }
        int size = listSize(u8());
        if (size == 0) {
            throw new MalformedStanzaException("an element without a tag");
        }
        int attributes = (size - 1) / 2;
        budget.element(attributes);
        Node.Builder node = Node.element(string(u8()));
        for (int i = 0; i < attributes; i++) {
            String name = string(u8());
            switch (value(u8())) {
                case Jid jid -> node.attribute(name, jid);
                case AttributeValue.Text text -> node.attribute(name, text.value());
                case null -> {
                    // An attribute without a value is as good as none.
                }
            }
        }
        if (depth == 0) {
            root = node;
        }
        if (size % 2 == 0) {
            content(node, depth);
        }
        return node.build();
    }

    private void content(Node.Builder node, int depth) {
        int tag = u8();
        switch (tag) {
            case Tag.LIST_EMPTY, Tag.LIST_8, Tag.LIST_16 -> {
                int count = listSize(tag);
                for (int i = 0; i < count; i++) {
                    node.child(node(depth + 1));
                }
            }
            case Tag.BINARY_8, Tag.BINARY_20, Tag.BINARY_32 -> node.bytes(bytes(binaryLength(tag)));
            default -> {
                // Some clients let text content go through their string encoder: back to bytes (specification §5.4).
                AttributeValue text = value(tag);
                if (text != null) {
                    String string = text.toString();
                    budget.bytes(3 * string.length());
                    node.text(string);
                }
            }
        }
    }

    private int listSize(int tag) {
        return switch (tag) {
            case Tag.LIST_EMPTY -> 0;
            case Tag.LIST_8 -> u8();
            case Tag.LIST_16 -> u16();
            default -> throw new MalformedStanzaException("tag " + tag + " where a list should be");
        };
    }

    private String string(int tag) {
        AttributeValue value = value(tag);
        if (value == null) {
            throw new MalformedStanzaException("an empty name");
        }
        return value.toString();
    }

    private String stringOrEmpty(int tag) {
        AttributeValue value = value(tag);
        return value == null ? "" : value.toString();
    }

    private @Nullable AttributeValue value(int tag) {
        return switch (tag) {
            case Tag.LIST_EMPTY -> null;
            case Tag.JID_PAIR -> pair();
            case Tag.AD_JID -> adJid();
            case Tag.FB_JID -> {
                String user = string(plain());
                int device = u16();
                // The tag says the server; what stands here is passed over, as WhatsApp's own client does.
                stringOrEmpty(plain());
                yield new Jid(user, device, Jid.MESSENGER, 0);
            }
            case Tag.INTEROP_JID -> {
                String user = string(plain());
                int device = u16();
                int integrator = u16();
                skipInteropServer();
                yield new Jid(user, device, Jid.INTEROP, integrator);
            }
            case Tag.NIBBLE_8 -> text(packed(Tag.NIBBLES));
            case Tag.HEX_8 -> text(packed(Tag.HEX));
            case Tag.BINARY_8, Tag.BINARY_20, Tag.BINARY_32 -> text(utf8(binaryLength(tag)));
            default -> text(token(tag));
        };
    }

    /** The tag of a string inside a JID: anything but another JID, so that hostile bytes can't recurse. */
    private int plain() {
        int tag = u8();
        if ((tag >= Tag.INTEROP_JID && tag <= Tag.AD_JID) || tag == Tag.JID_PAIR) {
            throw new MalformedStanzaException("a JID inside a JID");
        }
        return tag;
    }

    /** A pair is an address; without a server it is only text, since no server may be made up for it. */
    private @Nullable AttributeValue pair() {
        String user = stringOrEmpty(plain());
        String server = stringOrEmpty(plain());
        if (!server.isEmpty()) {
            return Jid.of(user, server);
        }
        return user.isEmpty() ? null : text(user);
    }

    /** Some senders leave out the one server this form can have: then what follows is the next part of the stanza. */
    private void skipInteropServer() {
        int start = position;
        int tag = start < data.length ? u8() : -1;
        boolean skipped = switch (tag) {
            case Tag.LIST_EMPTY -> true;
            case Tag.BINARY_8, Tag.BINARY_20, Tag.BINARY_32 -> {
                String server = stringOrEmpty(tag);
                yield server.isEmpty() || server.equals(Jid.INTEROP);
            }
            default -> false;
        };
        if (!skipped) {
            position = start;
        }
    }

    private Jid adJid() {
        int domain = u8();
        int device = u8();
        String user = string(plain());
        String server = switch (domain) {
            case Tag.DOMAIN_PN -> Jid.USERS;
            case Tag.DOMAIN_LID -> Jid.LIDS;
            case Tag.DOMAIN_HOSTED -> Jid.HOSTED;
            case Tag.DOMAIN_HOSTED_LID -> Jid.HOSTED_LID;
            default -> (domain & 0x80) == 0 ? Jid.USERS : (domain & 1) == 0 ? Jid.HOSTED : Jid.HOSTED_LID;
        };
        return new Jid(user, device, server, 0);
    }

    private String token(int tag) {
        if (tag >= Tag.DICTIONARY_0 && tag < Tag.DICTIONARY_0 + Tokens.DICTIONARIES) {
            return Tokens.ofDictionary(tag - Tag.DICTIONARY_0, u8());
        }
        String token = Tokens.single(tag);
        if (token == null) {
            throw new MalformedStanzaException("unknown tag " + tag);
        }
        return token;
    }

    private String packed(String alphabet) {
        int start = u8();
        int length = start & 0x7F;
        budget.text(length * 2);
        StringBuilder text = new StringBuilder(length * 2);
        for (int i = 0; i < length; i++) {
            int both = u8();
            text.append(packedChar(alphabet, both >> 4));
            if (i < length - 1 || (start & 0x80) == 0) {
                text.append(packedChar(alphabet, both & 0xF));
            }
        }
        return text.toString();
    }

    private static char packedChar(String alphabet, int nibble) {
        if (nibble < alphabet.length()) {
            return alphabet.charAt(nibble);
        }
        if (nibble == Tag.PADDING) {
            return '\0';
        }
        throw new MalformedStanzaException("packed value " + nibble);
    }

    private int binaryLength(int tag) {
        return switch (tag) {
            case Tag.BINARY_8 -> u8();
            case Tag.BINARY_20 -> ((u8() & 0x0F) << 16) | u16();
            default -> {
                int length = (u16() << 16) | u16();
                if (length < 0) {
                    throw new MalformedStanzaException("a length of more than 2^31");
                }
                yield length;
            }
        };
    }

    private byte[] bytes(int length) {
        int start = skip(length);
        budget.bytes(length);
        return Arrays.copyOfRange(data, start, position);
    }

    private String utf8(int length) {
        int start = skip(length);
        budget.text(length);
        return new String(data, start, length, StandardCharsets.UTF_8);
    }

    /** Goes past so many bytes; returns where they start. */
    private int skip(int length) {
        if (length > data.length - position) {
            throw new MalformedStanzaException("stanza is cut short");
        }
        int start = position;
        position += length;
        return start;
    }

    private int u8() {
        if (position >= data.length) {
            throw new MalformedStanzaException("stanza is cut short");
        }
        return data[position++] & 0xFF;
    }

    private int u16() {
        return (u8() << 8) | u8();
    }

    private static AttributeValue.Text text(String value) {
        return new AttributeValue.Text(value);
    }
}
