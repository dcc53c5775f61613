package io.greenfinch.gateway.chat;

import java.util.Map;

/** How a file is shown in a chat, which follows its name's extension (green-api.md §5.3). What we don't know is a document. */
public enum FileKind {
    IMAGE,
    VIDEO,
    AUDIO,
    /** Spoken, as phones record it. */
    VOICE,
    STICKER,
    DOCUMENT;

    private static final Map<String, FileKind> BY_EXTENSION = Map.ofEntries(
            Map.entry("jpg", IMAGE),
            Map.entry("jpeg", IMAGE),
            Map.entry("png", IMAGE),
            Map.entry("webp", STICKER),
            Map.entry("mp4", VIDEO),
            Map.entry("3gp", VIDEO),
            Map.entry("mov", VIDEO),
            Map.entry("mp3", AUDIO),
            Map.entry("m4a", AUDIO),
            Map.entry("aac", AUDIO),
            Map.entry("amr", AUDIO),
            Map.entry("wav", AUDIO),
            Map.entry("ogg", VOICE),
            Map.entry("oga", VOICE),
            Map.entry("opus", VOICE));

    /** By a file's name, whatever that is. */
    public static FileKind of(String name) {
        return BY_EXTENSION.getOrDefault(FileTypes.ending(name), DOCUMENT);
    }
}
