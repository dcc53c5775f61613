package io.greenfinch.protocol.media;

import com.google.protobuf.InvalidProtocolBufferException;
import io.greenfinch.protocol.curve.AesGcm;
import io.greenfinch.protocol.curve.Hkdf;
import io.greenfinch.protocol.proto.MediaRetryNotification;
import io.greenfinch.protocol.proto.ServerErrorReceipt;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Optional;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * How a companion asks the phone for a file that the media hosts have no more, and how that answers (specification §20.5): sealed
 * under a key of the file's own key. Immutable and thread-safe.
 */
public final class MediaRetry {

    private static final byte[] INFO = "WhatsApp Media Retry Notification".getBytes(StandardCharsets.US_ASCII);
    private static final int KEY_LENGTH = 32;
    private static final int IV_LENGTH = 12;
    private static final int STORED_AGAIN = 1;
    private static final int NOT_THERE = 2;

    private final SecretKey key;
    private final byte[] id;
    private final String stanza;

    /**
     * About the file of one message.
     *
     * @param mediaKey of the file
     * @param id of the message
     */
    public MediaRetry(byte[] mediaKey, String id) {
        this.key = new SecretKeySpec(Hkdf.derive(mediaKey, new byte[0], INFO, KEY_LENGTH), "AES");
        this.id = id.getBytes(StandardCharsets.UTF_8);
        this.stanza = id;
    }

    /**
     * What goes over the wire.
     *
     * @param iv 12 bytes; read-only, as the other
     */
    public record Sealed(byte[] iv, byte[] payload) {
        @Override
        public String toString() {
            return "Sealed[" + payload.length + " bytes]";
        }
    }

    /** The phone's answer: where the file is now; empty when it has it no more. */
    public record Answer(Optional<String> directPath) {}

    /** A companion's wish. */
    public Sealed wish(SecureRandom random) {
        return sealed(
                ServerErrorReceipt.newBuilder().setStanzaId(stanza).build().toByteArray(), random);
    }

    /** Whether that is such a wish. */
    public boolean isWish(Sealed sealed) {
        return opened(sealed)
                .flatMap(MediaRetry::receipt)
                .filter(stanza::equals)
                .isPresent();
    }

    private static Optional<String> receipt(byte[] bytes) {
        try {
            return Optional.of(ServerErrorReceipt.parseFrom(bytes).getStanzaId());
        } catch (InvalidProtocolBufferException e) {
            return Optional.empty();
        }
    }

    /** What the phone answers. */
    public Sealed sealed(Answer answer, SecureRandom random) {
        MediaRetryNotification.Builder told = MediaRetryNotification.newBuilder()
                .setStanzaId(stanza)
                .setResult(answer.directPath.isPresent() ? STORED_AGAIN : NOT_THERE);
        answer.directPath.ifPresent(told::setDirectPath);
        return sealed(told.build().toByteArray(), random);
    }

    /** What the phone has answered; empty when that is no answer to this. */
    public Optional<Answer> answer(Sealed sealed) {
        return opened(sealed).flatMap(bytes -> {
            try {
                MediaRetryNotification told = MediaRetryNotification.parseFrom(bytes);
                return told.getStanzaId().equals(stanza)
                        ? Optional.of(new Answer(Optional.of(told.getDirectPath())
                                .filter(path -> told.getResult() == STORED_AGAIN && !path.isEmpty())))
                        : Optional.empty();
            } catch (InvalidProtocolBufferException e) {
                return Optional.empty();
            }
        });
    }

    private Sealed sealed(byte[] plaintext, SecureRandom random) {
        byte[] iv = new byte[IV_LENGTH];
        random.nextBytes(iv);
        return new Sealed(iv, AesGcm.encrypt(key, iv, id, plaintext));
    }

    private Optional<byte[]> opened(Sealed sealed) {
        return sealed.iv.length == IV_LENGTH ? AesGcm.decrypt(key, sealed.iv, id, sealed.payload, 0) : Optional.empty();
    }

    @Override
    public String toString() {
        return "MediaRetry[" + stanza + "]";
    }
}
