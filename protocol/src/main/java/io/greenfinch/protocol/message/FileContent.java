package io.greenfinch.protocol.message;

import com.google.protobuf.ByteString;
import io.greenfinch.protocol.media.MediaKind;
import io.greenfinch.protocol.proto.AudioMessage;
import io.greenfinch.protocol.proto.DocumentMessage;
import io.greenfinch.protocol.proto.ImageMessage;
import io.greenfinch.protocol.proto.Message;
import io.greenfinch.protocol.proto.StickerMessage;
import io.greenfinch.protocol.proto.VideoMessage;
import java.time.Instant;
import java.util.Optional;

/**
 * What a message tells of its file so that it can be fetched (specification §20.2), the same for all kinds of messages that bring
 * one. What comes from others may be anything. Immutable; {@link #toString} shows nothing of it.
 *
 * @param url its whole address; may be empty
 * @param directPath the same without a host; may be empty
 * @param mediaKey 32 bytes where all is well; read-only, as the others
 * @param sha256 of the file
 * @param encryptedSha256 of what is stored
 * @param length of the file in bytes, unsigned; 0 where it is not told
 */
public record FileContent(
        MediaKind kind,
        String url,
        String directPath,
        byte[] mediaKey,
        byte[] sha256,
        byte[] encryptedSha256,
        long length) {

    /** Of a message's content; empty when its kind brings no file. */
    public static Optional<FileContent> of(Message content) {
        if (content.hasImageMessage()) {
            return Optional.of(of(content.getImageMessage()));
        }
        if (content.hasVideoMessage()) {
            return Optional.of(of(content.getVideoMessage()));
        }
        if (content.hasPtvMessage()) {
            return Optional.of(of(content.getPtvMessage()));
        }
        if (content.hasAudioMessage()) {
            return Optional.of(of(content.getAudioMessage()));
        }
        if (content.hasDocumentMessage()) {
            return Optional.of(of(content.getDocumentMessage()));
        }
        return content.hasStickerMessage() ? Optional.of(of(content.getStickerMessage())) : Optional.empty();
    }

    private static FileContent of(ImageMessage image) {
        return new FileContent(
                MediaKind.IMAGE,
                image.getUrl(),
                image.getDirectPath(),
                image.getMediaKey().toByteArray(),
                image.getFileSha256().toByteArray(),
                image.getFileEncSha256().toByteArray(),
                image.getFileLength());
    }

    private static FileContent of(VideoMessage video) {
        return new FileContent(
                MediaKind.VIDEO,
                video.getUrl(),
                video.getDirectPath(),
                video.getMediaKey().toByteArray(),
                video.getFileSha256().toByteArray(),
                video.getFileEncSha256().toByteArray(),
                video.getFileLength());
    }

    private static FileContent of(AudioMessage audio) {
        return new FileContent(
                MediaKind.AUDIO,
                audio.getUrl(),
                audio.getDirectPath(),
                audio.getMediaKey().toByteArray(),
                audio.getFileSha256().toByteArray(),
                audio.getFileEncSha256().toByteArray(),
                audio.getFileLength());
    }

    private static FileContent of(DocumentMessage document) {
        return new FileContent(
                MediaKind.DOCUMENT,
                document.getUrl(),
                document.getDirectPath(),
                document.getMediaKey().toByteArray(),
                document.getFileSha256().toByteArray(),
                document.getFileEncSha256().toByteArray(),
                document.getFileLength());
    }

    private static FileContent of(StickerMessage sticker) {
        return new FileContent(
                MediaKind.IMAGE,
                sticker.getUrl(),
                sticker.getDirectPath(),
                sticker.getMediaKey().toByteArray(),
                sticker.getFileSha256().toByteArray(),
                sticker.getFileEncSha256().toByteArray(),
                sticker.getFileLength());
    }

    /**
     * The same message, which tells of this file now.
     *
     * @param since when the file's key was made
     * @throws IllegalArgumentException when its kind brings no file
     */
    public Message in(Message content, Instant since) {
        if (content.hasDocumentWithCaptionMessage()) {
            Message inner = in(content.getDocumentWithCaptionMessage().getMessage(), since);
            return content.toBuilder()
                    .setDocumentWithCaptionMessage(
                            content.getDocumentWithCaptionMessage().toBuilder().setMessage(inner))
                    .build();
        }
        Message.Builder message = content.toBuilder();
        long at = since.getEpochSecond();
        if (content.hasImageMessage()) {
            message.setImageMessage(content.getImageMessage().toBuilder()
                    .setUrl(url)
                    .setDirectPath(directPath)
                    .setMediaKey(bytes(mediaKey))
                    .setFileSha256(bytes(sha256))
                    .setFileEncSha256(bytes(encryptedSha256))
                    .setFileLength(length)
                    .setMediaKeyTimestamp(at));
        } else if (content.hasVideoMessage()) {
            message.setVideoMessage(content.getVideoMessage().toBuilder()
                    .setUrl(url)
                    .setDirectPath(directPath)
                    .setMediaKey(bytes(mediaKey))
                    .setFileSha256(bytes(sha256))
                    .setFileEncSha256(bytes(encryptedSha256))
                    .setFileLength(length)
                    .setMediaKeyTimestamp(at));
        } else if (content.hasAudioMessage()) {
            message.setAudioMessage(content.getAudioMessage().toBuilder()
                    .setUrl(url)
                    .setDirectPath(directPath)
                    .setMediaKey(bytes(mediaKey))
                    .setFileSha256(bytes(sha256))
                    .setFileEncSha256(bytes(encryptedSha256))
                    .setFileLength(length)
                    .setMediaKeyTimestamp(at));
        } else if (content.hasDocumentMessage()) {
            message.setDocumentMessage(content.getDocumentMessage().toBuilder()
                    .setUrl(url)
                    .setDirectPath(directPath)
                    .setMediaKey(bytes(mediaKey))
                    .setFileSha256(bytes(sha256))
                    .setFileEncSha256(bytes(encryptedSha256))
                    .setFileLength(length)
                    .setMediaKeyTimestamp(at));
        } else if (content.hasStickerMessage()) {
            message.setStickerMessage(content.getStickerMessage().toBuilder()
                    .setUrl(url)
                    .setDirectPath(directPath)
                    .setMediaKey(bytes(mediaKey))
                    .setFileSha256(bytes(sha256))
                    .setFileEncSha256(bytes(encryptedSha256))
                    .setFileLength(length)
                    .setMediaKeyTimestamp(at));
        } else {
            throw new IllegalArgumentException("a message without a file");
        }
        return message.build();
    }

    private static ByteString bytes(byte[] bytes) {
        return ByteString.copyFrom(bytes);
    }

    @Override
    public String toString() {
        return "FileContent[" + kind + "]";
    }
}
