package io.greenfinch.interop.methods;

/**
 * A message that the gateway has taken for a chat or as a status.
 *
 * @param shown what phones show of it; a prefix where it ends with an ellipsis
 * @param type its {@code typeMessage} in journals; empty for what changes another message
 */
record SentMessage(String id, String method, String shown, String type) {

    boolean isShownAs(String text) {
        return shown.endsWith("…") ? text.startsWith(shown.substring(0, shown.length() - 1)) : text.equals(shown);
    }

    /** Whether it is a text, which can be edited. */
    boolean isText() {
        return type.equals("extendedTextMessage") || type.equals("quotedMessage") || type.equals("textMessage");
    }

    @Override
    public String toString() {
        return method + " " + id;
    }
}
