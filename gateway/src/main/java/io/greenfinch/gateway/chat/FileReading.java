package io.greenfinch.gateway.chat;

import com.google.protobuf.ByteString;
import io.greenfinch.protocol.message.MessageEnvelope;
import io.greenfinch.protocol.proto.AudioMessage;
import io.greenfinch.protocol.proto.ContextInfo;
import io.greenfinch.protocol.proto.DocumentMessage;
import io.greenfinch.protocol.proto.ImageMessage;
import io.greenfinch.protocol.proto.Message;
import io.greenfinch.protocol.proto.StickerMessage;
import io.greenfinch.protocol.proto.VideoMessage;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Reads messages that bring a file (green-api.md §6.7). */
final class FileReading {

    private FileReading() {}

    /** One of a kind that brings one. */
    static DataContent of(MessageEnvelope message) {
        Message content = message.content();
        return switch (message.kind()) {
            case IMAGE -> {
                ImageMessage image = content.getImageMessage();
                yield file(
                        "imageMessage",
                        described(image.getCaption(), "", image.getJpegThumbnail(), image.getMimetype()),
                        image.getContextInfo());
            }
            case VIDEO -> {
                VideoMessage video = content.hasPtvMessage() ? content.getPtvMessage() : content.getVideoMessage();
                yield file(
                        "videoMessage",
                        described(video.getCaption(), "", video.getJpegThumbnail(), video.getMimetype()),
                        video.getContextInfo());
            }
            case AUDIO -> {
                AudioMessage audio = content.getAudioMessage();
                yield file(
                        "audioMessage",
                        described("", "", ByteString.EMPTY, audio.getMimetype()),
                        audio.getContextInfo());
            }
            case STICKER -> {
                StickerMessage sticker = content.getStickerMessage();
                yield file(
                        "stickerMessage",
                        described("", "", sticker.getPngThumbnail(), sticker.getMimetype())
                                .put("isAnimated", sticker.getIsAnimated()),
                        sticker.getContextInfo());
            }
            default -> {
                DocumentMessage document = content.getDocumentMessage();
                yield file(
                        "documentMessage",
                        described(
                                document.getCaption(),
                                document.getFileName().isEmpty() ? document.getTitle() : document.getFileName(),
                                document.getJpegThumbnail(),
                                document.getMimetype()),
                        document.getContextInfo());
            }
        };
    }

    private static DataContent file(String type, ObjectNode data, ContextInfo context) {
        return new DataContent(
                type, DataContent.FILE, KindReading.forwarded(data, context), MessageReading.quote(context));
    }

    private static ObjectNode described(String caption, String name, ByteString thumbnail, String mimeType) {
        return JsonNodeFactory.instance
                .objectNode()
                .put(DataContent.DOWNLOAD_URL, "")
                .put("caption", caption)
                .put(DataContent.FILE_NAME, name)
                .put("jpegThumbnail", KindReading.base64(thumbnail))
                .put(DataContent.MIME_TYPE, mimeType);
    }
}
