package io.greenfinch.protocol.media;

/** What a file is to WhatsApp: what its keys are derived for, and where it is stored (specification §20.2). */
public enum MediaKind {
    /** Stickers too. */
    IMAGE("WhatsApp Image Keys", "image"),
    VIDEO("WhatsApp Video Keys", "video"),
    /** Voice too. */
    AUDIO("WhatsApp Audio Keys", "audio"),
    DOCUMENT("WhatsApp Document Keys", "document"),
    HISTORY("WhatsApp History Keys", "md-msg-hist"),
    APP_STATE("WhatsApp App State Keys", "md-app-state"),
    LINK_THUMBNAIL("WhatsApp Link Thumbnail Keys", "thumbnail-link"),
    STICKER_PACK("WhatsApp Sticker Pack Keys", "sticker-pack");

    private final String words;
    private final String path;

    MediaKind(String words, String path) {
        this.words = words;
        this.path = path;
    }

    /** What its keys are derived for. */
    String words() {
        return words;
    }

    /** Its part of a media host's paths, and the value of {@code mms-type}. */
    public String path() {
        return path;
    }
}
