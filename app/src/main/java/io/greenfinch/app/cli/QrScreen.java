package io.greenfinch.app.cli;

import io.greenfinch.protocol.text.Printable;
import java.io.PrintWriter;
import java.util.List;

/**
 * Shows QR codes as they change: on a terminal in the place of the one before and in white on black whatever its own
 * colours are, elsewhere one after the other. Not thread-safe.
 */
public final class QrScreen {

    private static final String ESCAPE = "\u001b[";
    private static final String CAPTION = "On the phone: WhatsApp, Settings, Linked devices, Link a device.";

    /** Modules made of sextants are a third higher than wide, more or less as the font is. */
    private static final String SMALL_CAPTION =
            "On the phone: Linked devices, Link a device (unreadable? try a taller window).";

    /** Below the code: the caption, and the line with the cursor. */
    private static final int OTHER_ROWS = 2;

    private final PrintWriter out;
    private final boolean terminal;
    private String shown = "";
    private int drawn;

    public QrScreen(PrintWriter out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /** Whether there is room for such a code. */
    public static boolean fits(String text, Terminal.Size size) {
        List<String> lines = TerminalQr.draw(text, size.rows() - OTHER_ROWS);
        return lines.size() + OTHER_ROWS <= size.rows() && width(lines) <= size.columns();
    }

    /** Shows a code, unless it is the one that is shown already. */
    public void show(String text) {
        if (text.equals(shown)) {
            return;
        }
        erase();
        shown = text;
        List<String> lines = TerminalQr.draw(text, terminal ? Terminal.size().rows() - OTHER_ROWS : Integer.MAX_VALUE);
        for (String line : lines) {
            out.println(terminal ? ESCAPE + "97;40m" + line + ESCAPE + "0m" : line);
        }
        out.println(lines.size() < TerminalQr.draw(text, Integer.MAX_VALUE).size() ? SMALL_CAPTION : CAPTION);
        out.flush();
        drawn = lines.size() + 1;
    }

    /** Says something in the place of the code. */
    public void say(String sentence) {
        erase();
        out.println(Printable.of(sentence));
        out.flush();
    }

    private void erase() {
        if (terminal && drawn > 0) {
            out.print("\r" + ESCAPE + drawn + "A" + ESCAPE + "J");
        }
        drawn = 0;
    }

    private static int width(List<String> lines) {
        return lines.getFirst().codePointCount(0, lines.getFirst().length());
    }
}
