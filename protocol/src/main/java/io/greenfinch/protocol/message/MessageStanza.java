package io.greenfinch.protocol.message;

import io.greenfinch.protocol.binary.Node;
import io.greenfinch.protocol.proto.Message;
import java.util.Optional;

/**
 * What a {@code <message>} tells the server of its content (specification §14.1, §14.8). Immutable.
 *
 * @param type its attribute {@code type}
 * @param edit its attribute {@code edit}
 * @param mediaType what its ciphertexts say of the file, or the card, that it brings
 * @param hidden whether nobody misses anything who can't read it, so that a placeholder is not shown
 */
public record MessageStanza(String type, Optional<String> edit, Optional<String> mediaType, boolean hidden) {

    /** Of what brings no content, such as a key. */
    public static final MessageStanza PLAIN = plain("text");

    private static final String EDITED = "1";
    private static final String REVOKED = "7";

    /** Of a message that is in no wrapper of ours. */
    public static MessageStanza of(Message message) {
        return MessageEnvelope.ofPlain(message.toByteArray())
                .map(MessageStanza::of)
                .orElse(PLAIN);
    }

    private static MessageStanza of(MessageEnvelope message) {
        Message content = message.content();
        return switch (message.kind()) {
            case REACTION ->
                new MessageStanza(
                        "reaction",
                        content.getReactionMessage().getText().isEmpty() ? Optional.of(REVOKED) : Optional.empty(),
                        Optional.empty(),
                        true);
            case ENCRYPTED_REACTION -> new MessageStanza("reaction", Optional.empty(), Optional.empty(), true);
            case POLL -> plain("poll");
            case POLL_VOTE -> new MessageStanza("poll", Optional.empty(), Optional.empty(), true);
            case EDIT, ENCRYPTED_EDIT -> new MessageStanza("text", Optional.of(EDITED), Optional.empty(), true);
            case DELETION -> new MessageStanza("text", Optional.of(REVOKED), Optional.empty(), true);
            case IMAGE -> media("image");
            case VIDEO -> media(content.getVideoMessage().getGifPlayback() ? "gif" : "video");
            case AUDIO -> media(content.getAudioMessage().getPtt() ? "ptt" : "audio");
            case DOCUMENT -> media("document");
            case STICKER -> media("sticker");
            case LOCATION -> media("location");
            case LIVE_LOCATION -> media("livelocation");
            case CONTACT -> media("vcard");
            case CONTACTS -> media("contact_array");
            case GROUP_INVITE -> plain("media");
            default -> PLAIN;
        };
    }

    /** The attributes of a ciphertext of it. */
    public Node.Builder describe(Node.Builder enc) {
        mediaType.ifPresent(type -> enc.attribute("mediatype", type));
        return hidden ? enc.attribute("decrypt-fail", "hide") : enc;
    }

    private static MessageStanza plain(String type) {
        return new MessageStanza(type, Optional.empty(), Optional.empty(), false);
    }

    private static MessageStanza media(String mediaType) {
        return new MessageStanza("media", Optional.empty(), Optional.of(mediaType), false);
    }
}
