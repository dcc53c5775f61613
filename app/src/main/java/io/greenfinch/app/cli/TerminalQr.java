package io.greenfinch.app.cli;

import com.google.zxing.EncodeHintType;
import com.google.zxing.WriterException;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import com.google.zxing.qrcode.encoder.ByteMatrix;
import com.google.zxing.qrcode.encoder.Encoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A QR code drawn with characters, in the smallest version that holds the text: two rows of modules to a line of text
 * (half blocks), or where those lines are too many, three rows and two columns to a character (sextants). Light modules
 * are drawn, dark ones left out.
 */
final class TerminalQr {

    private static final int QUIET_ZONE = 2;
    private static final int SEXTANTS = 0x1FB00;

    private TerminalQr() {}

    /**
     * Draws {@code text} with a quiet zone.
     *
     * @param rows lines of text that there is room for
     * @return the lines, perhaps more than there is room for
     */
    static List<String> draw(String text, int rows) {
        ByteMatrix modules = modules(text);
        int side = modules.getHeight() + 2 * QUIET_ZONE;
        return (side + 1) / 2 <= rows ? draw(modules, side, 1, 2) : draw(modules, side, 2, 3);
    }

    private static ByteMatrix modules(String text) {
        try {
            return Encoder.encode(text, ErrorCorrectionLevel.L, Map.of(EncodeHintType.QR_COMPACT, true))
                    .getMatrix();
        } catch (WriterException e) {
            throw new IllegalArgumentException("text does not fit into a QR code", e);
        }
    }

    private static List<String> draw(ByteMatrix modules, int side, int across, int down) {
        List<String> lines = new ArrayList<>();
        for (int y = 0; y < side; y += down) {
            StringBuilder line = new StringBuilder();
            for (int x = 0; x < side; x += across) {
                int cell = 0;
                for (int bit = 0; bit < across * down; bit++) {
                    cell |= light(modules, x + bit % across - QUIET_ZONE, y + bit / across - QUIET_ZONE) ? 1 << bit : 0;
                }
                line.appendCodePoint(across == 1 ? " ▀▄█".charAt(cell) : sextant(cell));
            }
            lines.add(line.toString());
        }
        return lines;
    }

    /** What is outside is light. */
    private static boolean light(ByteMatrix modules, int x, int y) {
        boolean inside = x >= 0 && y >= 0 && x < modules.getWidth() && y < modules.getHeight();
        return !inside || modules.get(x, y) == 0;
    }

    /** The block leaves those patterns out that were characters before it. */
    private static int sextant(int cell) {
        return switch (cell) {
            case 0 -> ' ';
            case 0b010101 -> '▌';
            case 0b101010 -> '▐';
            case 0b111111 -> '█';
            default -> SEXTANTS + cell - 1 - (cell > 0b010101 ? 1 : 0) - (cell > 0b101010 ? 1 : 0);
        };
    }
}
