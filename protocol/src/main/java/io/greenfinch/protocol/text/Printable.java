package io.greenfinch.protocol.text;

/**
 * Text of servers and people for logs and terminals. What would break a line, move the cursor, change the direction of
 * writing or is no character at all is escaped as in JSON; everything else stays, emoji made of several characters too.
 */
public final class Printable {

    private static final int JOINER = 0x200D;

    private Printable() {}

    /** The text on one line. */
    public static String of(String text) {
        if (text.codePoints().allMatch(Printable::harmless)) {
            return text;
        }
        StringBuilder shown = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(point -> {
            if (harmless(point)) {
                shown.appendCodePoint(point);
            } else {
                for (char unit : Character.toChars(point)) {
                    shown.append(String.format("\\u%04x", (int) unit));
                }
            }
        });
        return shown.toString();
    }

    private static boolean harmless(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE ->
                false;
            // The tags of flags are such formats as well.
            case Character.FORMAT -> point == JOINER || point >= 0xE0020;
            default -> true;
        };
    }
}
