package io.greenfinch.gateway.chat;

import io.greenfinch.protocol.proto.ExternalAdReply;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The advertisement that somebody came from who writes a text (green-api.md §6.7).
 *
 * @param mediaType {@code NONE}, {@code IMAGE} or {@code VIDEO}
 * @param sourceType what kind of thing it was, in WhatsApp's word
 */
record Advertisement(
        boolean containsAutoReply,
        String mediaType,
        boolean showAdAttribution,
        String sourceId,
        String sourceType,
        String sourceUrl,
        String thumbnailUrl) {

    private static final String MEDIA = "mediaType";
    private static final String SOURCE = "sourceType";

    /** What a message has of one; empty where it has none. */
    static Optional<Advertisement> of(ExternalAdReply ad) {
        return ad.equals(ExternalAdReply.getDefaultInstance())
                ? Optional.empty()
                : Optional.of(new Advertisement(
                        ad.getContainsAutoReply(),
                        mediaType(ad.getMediaType()),
                        ad.getShowAdAttribution(),
                        ad.getSourceId(),
                        ad.getSourceType(),
                        ad.getSourceUrl(),
                        ad.getThumbnailUrl()));
    }

    private static String mediaType(int type) {
        return switch (type) {
            case 1 -> "IMAGE";
            case 2 -> "VIDEO";
            default -> "NONE";
        };
    }

    /** Adds it to what is told of a text. */
    void writeTo(ObjectNode text) {
        text.put("containsAutoReply", containsAutoReply)
                .put(MEDIA, mediaType)
                .put("showAdAttribution", showAdAttribution)
                .put("sourceId", sourceId)
                .put(SOURCE, sourceType)
                .put("sourceUrl", sourceUrl)
                .put("thumbnailUrl", thumbnailUrl);
    }

    /** What was stored with a text; empty when none was. */
    static Optional<Advertisement> ofStored(JsonNode text) {
        return text.path(MEDIA).isString()
                ? Optional.of(new Advertisement(
                        text.path("containsAutoReply").asBoolean(false),
                        text.path(MEDIA).stringValue(),
                        text.path("showAdAttribution").asBoolean(false),
                        text.path("sourceId").asString(""),
                        text.path(SOURCE).asString(""),
                        text.path("sourceUrl").asString(""),
                        text.path("thumbnailUrl").asString("")))
                : Optional.empty();
    }
}
