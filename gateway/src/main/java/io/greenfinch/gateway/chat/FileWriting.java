package io.greenfinch.gateway.chat;

import com.google.protobuf.ByteString;
import io.greenfinch.gateway.chat.MessageWriting.Known;
import io.greenfinch.protocol.proto.AudioMessage;
import io.greenfinch.protocol.proto.ContextInfo;
import io.greenfinch.protocol.proto.DocumentMessage;
import io.greenfinch.protocol.proto.FutureProofMessage;
import io.greenfinch.protocol.proto.ImageMessage;
import io.greenfinch.protocol.proto.Message;
import io.greenfinch.protocol.proto.StickerMessage;
import io.greenfinch.protocol.proto.VideoMessage;
import java.util.Optional;

/**
 * Writes messages that bring a file (specification §14, §31.5), as far as they are known before it is stored. {@link FileReading} reads
 * them.
 */
public final class FileWriting {

    private FileWriting() {}

    /**
     * What a message says of its file. {@link #toString} shows nothing of it.
     *
     * @param caption what is written beside it; may be empty
     */
    public record Described(FileKind kind, String name, String type, String caption, FileLooks looks) {
        @Override
        public String toString() {
            return "Described[" + kind + "]";
        }
    }

    /**
     * What a file shows of itself.
     *
     * @param thumbnail a small JPEG; may be empty
     * @param width in pixels; 0 where it is not known, as the others
     * @param seconds how long it plays
     */
    public record FileLooks(ByteString thumbnail, int width, int height, int seconds) {

        /** Nothing is known. */
        public static final FileLooks NONE = new FileLooks(ByteString.EMPTY, 0, 0, 0);
    }

    /** A message without what is known only when its file is stored. */
    public static Message file(Described file, Optional<Known> answered) {
        Optional<ContextInfo> context = answered.map(Known::context);
        FileLooks looks = file.looks;
        return switch (file.kind) {
            case IMAGE -> {
                ImageMessage.Builder image = ImageMessage.newBuilder().setMimetype(file.type);
                captioned(file.caption).ifPresent(image::setCaption);
                if (!looks.thumbnail.isEmpty()) {
                    image.setJpegThumbnail(looks.thumbnail);
                }
                if (looks.width > 0) {
                    image.setWidth(looks.width).setHeight(looks.height);
                }
                context.ifPresent(image::setContextInfo);
                yield Message.newBuilder().setImageMessage(image).build();
            }
            case VIDEO -> {
                VideoMessage.Builder video = VideoMessage.newBuilder().setMimetype(file.type);
                captioned(file.caption).ifPresent(video::setCaption);
                if (looks.seconds > 0) {
                    video.setSeconds(looks.seconds);
                }
                if (looks.width > 0) {
                    video.setWidth(looks.width).setHeight(looks.height);
                }
                context.ifPresent(video::setContextInfo);
                yield Message.newBuilder().setVideoMessage(video).build();
            }
            case AUDIO, VOICE -> {
                AudioMessage.Builder audio =
                        AudioMessage.newBuilder().setMimetype(file.type).setPtt(file.kind == FileKind.VOICE);
                if (looks.seconds > 0) {
                    audio.setSeconds(looks.seconds);
                }
                context.ifPresent(audio::setContextInfo);
                yield Message.newBuilder().setAudioMessage(audio).build();
            }
            case STICKER -> {
                StickerMessage.Builder sticker = StickerMessage.newBuilder().setMimetype(file.type);
                if (looks.width > 0) {
                    sticker.setWidth(looks.width).setHeight(looks.height);
                }
                context.ifPresent(sticker::setContextInfo);
                yield Message.newBuilder().setStickerMessage(sticker).build();
            }
            case DOCUMENT -> {
                DocumentMessage.Builder document = DocumentMessage.newBuilder()
                        .setMimetype(file.type)
                        .setFileName(file.name)
                        .setTitle(file.name);
                captioned(file.caption).ifPresent(document::setCaption);
                context.ifPresent(document::setContextInfo);
                Message message =
                        Message.newBuilder().setDocumentMessage(document).build();
                // Phones show what is written beside a document only in this wrapper.
                yield file.caption.isEmpty()
                        ? message
                        : Message.newBuilder()
                                .setDocumentWithCaptionMessage(
                                        FutureProofMessage.newBuilder().setMessage(message))
                                .build();
            }
        };
    }

    private static Optional<String> captioned(String caption) {
        return Optional.of(caption).filter(text -> !text.isEmpty());
    }
}
