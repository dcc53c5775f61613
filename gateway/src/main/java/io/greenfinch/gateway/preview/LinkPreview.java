package io.greenfinch.gateway.preview;

import com.google.protobuf.ByteString;
import io.greenfinch.protocol.proto.ExtendedTextMessage;
import io.greenfinch.protocol.proto.Message;

/**
 * What is shown of a link. Immutable; {@link #toString} shows nothing of it.
 *
 * @param link as it stands in the text
 * @param description may be empty
 * @param jpeg a small picture; may be empty
 */
public record LinkPreview(String link, String title, String description, ByteString jpeg) {

    /** The same text with this beside it. */
    public Message in(Message text) {
        ExtendedTextMessage.Builder extended = text.hasExtendedTextMessage()
                ? text.getExtendedTextMessage().toBuilder()
                : ExtendedTextMessage.newBuilder().setText(text.getConversation());
        extended.setMatchedText(link).setTitle(title).setDescription(description);
        if (!jpeg.isEmpty()) {
            extended.setJpegThumbnail(jpeg);
        }
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
