package io.greenfinch.protocol.binary;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One element of a stanza: a tag, attributes in order, and either child elements or bytes (specification §5.4).
 *
 * <p>Immutable and thread-safe. Byte content is handed out without copying, so treat it as read-only.
 * {@link #toString()} shows tags and attributes but only the length of byte content, so that no message text or key
 * reaches a log through it.
 */
public final class Node {

    private static final byte[] NO_BYTES = {};

    private final String tag;
    private final Map<String, AttributeValue> attributes;
    private final List<Node> children;
    private final byte[] content;

    private Node(String tag, Map<String, AttributeValue> attributes, List<Node> children, byte[] content) {
        this.tag = tag;
        this.attributes = attributes;
        this.children = children;
        this.content = content;
    }

    /** Starts an element with this tag. */
    public static Builder element(String tag) {
        return new Builder(tag);
    }

    /** An element that has nothing but its tag. */
    public static Node empty(String tag) {
        return new Builder(tag).build();
    }

    /** An element whose content is the UTF-8 form of {@code text}, as bytes and never as a token (specification §0). */
    public static Node text(String tag, String text) {
        return new Builder(tag).text(text).build();
    }

    /** An element whose content is {@code bytes}. */
    public static Node bytes(String tag, byte[] bytes) {
        return new Builder(tag).bytes(bytes).build();
    }

    public String tag() {
        return tag;
    }

    /** All attributes, in the order of the wire. Unmodifiable. */
    public Map<String, AttributeValue> attributes() {
        return attributes;
    }

    /** Child elements; empty when the content is bytes or absent. Unmodifiable. */
    public List<Node> children() {
        return children;
    }

    /** Byte content; empty when the content is child elements or absent. */
    public byte[] content() {
        return content;
    }

    /** Byte content as UTF-8 text. */
    public String contentText() {
        return new String(content, StandardCharsets.UTF_8);
    }

    /** The first child with this tag. */
    public Optional<Node> child(String childTag) {
        for (Node child : children) {
            if (child.tag.equals(childTag)) {
                return Optional.of(child);
            }
        }
        return Optional.empty();
    }

    /** All children with this tag. */
    public List<Node> children(String childTag) {
        List<Node> found = new ArrayList<>();
        for (Node child : children) {
            if (child.tag.equals(childTag)) {
                found.add(child);
            }
        }
        return found;
    }

    public boolean has(String attribute) {
        return attributes.containsKey(attribute);
    }

    /** True when the attribute is there and its text form is {@code value}. */
    public boolean is(String attribute, String value) {
        AttributeValue found = attributes.get(attribute);
        return found != null && found.toString().equals(value);
    }

    /** The attribute as text, an address in its string form. */
    public Optional<String> attribute(String name) {
        return Optional.ofNullable(attributes.get(name)).map(AttributeValue::toString);
    }

    /** The attribute as an address; text that reads as one is accepted (specification §28). */
    public Optional<Jid> jid(String name) {
        AttributeValue value = attributes.get(name);
        return switch (value) {
            case null -> Optional.empty();
            case Jid jid -> Optional.of(jid);
            case AttributeValue.Text text -> Jid.parse(text.value());
        };
    }

    /** The attribute as a non-negative decimal number; empty when it is missing or anything else. */
    public OptionalLong number(String name) {
        AttributeValue value = attributes.get(name);
        if (value == null) {
            return OptionalLong.empty();
        }
        String digits = value.toString();
        if (digits.isEmpty() || digits.length() > 18 || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(Long.parseLong(digits));
    }

    /** A builder that starts with everything this element has. */
    public Builder toBuilder() {
        Builder builder = new Builder(tag);
        builder.attributes.putAll(attributes);
        builder.children.addAll(children);
        builder.content = content;
        return builder;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Node node
                && tag.equals(node.tag)
                && attributes.equals(node.attributes)
                && children.equals(node.children)
                && Arrays.equals(content, node.content);
    }

    @Override
    public int hashCode() {
        return Objects.hash(tag, attributes, children, Arrays.hashCode(content));
    }

    @Override
    public String toString() {
        StringBuilder out = new StringBuilder();
        describe(out);
        return out.toString();
    }

    private void describe(StringBuilder out) {
        out.append('<').append(tag);
        attributes.forEach((name, value) ->
                out.append(' ').append(name).append("=\"").append(value).append('"'));
        if (children.isEmpty() && content.length == 0) {
            out.append("/>");
            return;
        }
        out.append('>');
        if (content.length > 0) {
            out.append('[').append(content.length).append(" bytes]");
        }
        for (Node child : children) {
            child.describe(out);
        }
        out.append("</").append(tag).append('>');
    }

    /** Collects an element. Not thread-safe. */
    public static final class Builder {

        private final String tag;
        private final Map<String, AttributeValue> attributes = new LinkedHashMap<>();
        private final List<Node> children = new ArrayList<>();
        private byte[] content = NO_BYTES;

        private Builder(String tag) {
            this.tag = Objects.requireNonNull(tag);
        }

        /** Sets a text attribute. An empty text is left out, as clients do (specification §5.4). */
        public Builder attribute(String name, String value) {
            if (!value.isEmpty()) {
                attributes.put(name, new AttributeValue.Text(value));
            }
            return this;
        }

        public Builder attribute(String name, long value) {
            return attribute(name, Long.toString(value));
        }

        /** Sets an address attribute, encoded with a JID tag. */
        public Builder attribute(String name, Jid value) {
            attributes.put(name, value);
            return this;
        }

        public Builder attribute(String name, AttributeValue value) {
            return switch (value) {
                case Jid jid -> attribute(name, jid);
                case AttributeValue.Text text -> attribute(name, text.value());
            };
        }

        /** Sets the attribute when there is a value. */
        public Builder attribute(String name, Optional<? extends AttributeValue> value) {
            value.ifPresent(present -> attribute(name, present));
            return this;
        }

        public Builder child(Node child) {
            children.add(child);
            return this;
        }

        public Builder child(Builder child) {
            return child(child.build());
        }

        public Builder children(List<Node> more) {
            children.addAll(more);
            return this;
        }

        public Builder bytes(byte[] bytes) {
            content = bytes;
            return this;
        }

        public Builder text(String text) {
            return bytes(text.getBytes(StandardCharsets.UTF_8));
        }

        /** The element as far as its attributes: without content, whatever has been added of it. */
        Node head() {
            return new Node(tag, fixedAttributes(), List.of(), NO_BYTES);
        }

        /**
         * Builds the element.
         *
         * @throws IllegalStateException when it has both children and bytes
         */
        public Node build() {
            if (!children.isEmpty() && content.length > 0) {
                throw new IllegalStateException("<" + tag + "> has children and bytes");
            }
            return new Node(tag, fixedAttributes(), List.copyOf(children), content);
        }

        private Map<String, AttributeValue> fixedAttributes() {
            return attributes.isEmpty() ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
        }
    }
}
