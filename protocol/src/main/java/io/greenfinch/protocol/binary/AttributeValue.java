package io.greenfinch.protocol.binary;

/**
 * The value of a stanza's attribute: text or an address. The two are different on the wire, and receivers insist on the
 * right one (specification §5.6).
 */
public sealed interface AttributeValue permits AttributeValue.Text, Jid {

    /** The value as text; an address in its string form. */
    @Override
    String toString();

    /**
     * Plain text.
     *
     * @param value any text
     */
    record Text(String value) implements AttributeValue {
        @Override
        public String toString() {
            return value;
        }
    }
}
