package io.greenfinch.gateway.chat;

import io.greenfinch.protocol.proto.AudioMessage;
import io.greenfinch.protocol.proto.ExtendedTextMessage;
import io.greenfinch.protocol.proto.Message;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a status update of text or voice is shown in (green-api.md §13, specification §31.5).
 *
 * @param background {@code #RRGGBB}; empty where none is chosen
 * @param font as the API calls it; empty where none is chosen
 */
public record StatusLook(Optional<String> background, Optional<String> font) {

    private static final int OPAQUE = 0xFF00_0000;
    private static final int WHITE = 0xFFFF_FFFF;

    /** The fonts by their documented names. */
    public static final Map<String, Integer> FONTS =
            Map.of("SANS_SERIF", 0, "SERIF", 1, "NORICAN_REGULAR", 2, "BRYNDAN_WRITE", 3, "OSWALD_HEAVY", 5);

    /** A text that looks so. */
    public Message text(String text) {
        ExtendedTextMessage.Builder written =
                ExtendedTextMessage.newBuilder().setText(text).setTextArgb(WHITE);
        background.map(StatusLook::argb).ifPresent(written::setBackgroundArgb);
        font.map(FONTS::get).ifPresent(written::setFont);
        return Message.newBuilder().setExtendedTextMessage(written).build();
    }

    /** The same voice, shown so. */
    public Message voice(Message voice) {
        AudioMessage.Builder audio = voice.getAudioMessage().toBuilder();
        background.map(StatusLook::argb).ifPresent(audio::setBackgroundArgb);
        return voice.toBuilder().setAudioMessage(audio).build();
    }

    /** What a text looks like. */
    public static StatusLook of(ExtendedTextMessage text) {
        return new StatusLook(
                text.hasBackgroundArgb() ? Optional.of(color(text.getBackgroundArgb())) : Optional.empty(),
                FONTS.entrySet().stream()
                        .filter(each -> text.hasFont() && each.getValue() == text.getFont())
                        .map(Map.Entry::getKey)
                        .findFirst());
    }

    private static int argb(String color) {
        return OPAQUE | Integer.parseInt(color.substring(1), 16);
    }

    private static String color(int argb) {
        return String.format(Locale.ROOT, "#%06X", argb & ~OPAQUE);
    }
}
