package io.greenfinch.gateway.preview;

import com.google.protobuf.ByteString;
import io.greenfinch.client.media.StoredMedia;
import io.greenfinch.gateway.picture.Thumbnail;
import io.greenfinch.protocol.proto.ExtendedTextMessage;
import io.greenfinch.protocol.proto.Message;
import java.util.Optional;

/**
 * What is shown of a link. Immutable; {@link #toString} shows nothing of it.
 *
 * @param link as it stands in the text
 * @param description may be empty
 * @param jpeg a small picture; may be empty
 * @param large the same picture, to be shown large; it is not in the message, but is stored as files are
 */
public record LinkPreview(String link, String title, String description, ByteString jpeg, Optional<Thumbnail> large) {

    /**
     * The same text with this beside it.
     *
     * @param stored where the large picture is
     */
    public Message in(Message text, Optional<StoredMedia> stored) {
        ExtendedTextMessage.Builder extended = text.hasExtendedTextMessage()
                ? text.getExtendedTextMessage().toBuilder()
                : ExtendedTextMessage.newBuilder().setText(text.getConversation());
        extended.setMatchedText(link).setTitle(title).setDescription(description);
        if (!jpeg.isEmpty()) {
            extended.setJpegThumbnail(jpeg);
        }
        stored.ifPresent(media -> extended.setThumbnailDirectPath(media.file().directPath())
                .setThumbnailSha256(ByteString.copyFrom(media.file().sha256()))
                .setThumbnailEncSha256(ByteString.copyFrom(media.file().encryptedSha256()))
                .setMediaKey(ByteString.copyFrom(media.file().mediaKey()))
                .setMediaKeyTimestamp(media.since().getEpochSecond()));
        large.filter(picture -> stored.isPresent())
                .ifPresent(
                        picture -> extended.setThumbnailWidth(picture.width()).setThumbnailHeight(picture.height()));
        return text.toBuilder()
                .clearConversation()
                .setExtendedTextMessage(extended)
                .build();
    }

    @Override
    public String toString() {
        return "LinkPreview[hidden]";
    }
}
