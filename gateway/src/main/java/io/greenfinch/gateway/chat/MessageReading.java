package io.greenfinch.gateway.chat;

import io.greenfinch.gateway.chat.TextContent.Extra;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.message.MessageEnvelope;
import io.greenfinch.protocol.message.MessageKind;
import io.greenfinch.protocol.proto.ContextInfo;
import io.greenfinch.protocol.proto.ExtendedTextMessage;
import io.greenfinch.protocol.proto.Message;
import io.greenfinch.protocol.proto.ProtocolMessage;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads messages as WhatsApp has them (specification §14). {@link MessageWriting} writes them. */
public final class MessageReading {

    /** What is told in place of a message that can't be read (green-api.md §2.6). */
    private static final MessageContent UNREADABLE = new TextContent("{{SWE003}}", Optional.empty(), Optional.empty());

    private MessageReading() {}

    /** What a message says. What could not be read is told as that, and of a kind that GREEN-API does not know its name. */
    public static MessageContent of(Optional<MessageEnvelope> message) {
        return of(message, "");
    }

    /**
     * The same.
     *
     * @param sender who wrote it, as the API writes it; empty where that is not known
     */
    public static MessageContent of(Optional<MessageEnvelope> message, String sender) {
        if (message.isEmpty()) {
            return UNREADABLE;
        }
        Message content = message.get().content();
        return switch (message.get().kind()) {
            case TEXT -> plain(content.getConversation());
            case EXTENDED_TEXT -> extended(content.getExtendedTextMessage());
            default ->
                KindReading.of(message.get(), sender)
                        .map(MessageContent.class::cast)
                        .orElseGet(() -> plain("[" + type(message.get().kind()) + "]"));
        };
    }

    /** Whether this is told in place of a message that can't be read. */
    public static boolean isUnreadable(MessageContent content) {
        return content.equals(UNREADABLE);
    }

    /** Whether {@link #of} tells all that a message says. */
    public static boolean tellsAll(MessageEnvelope message) {
        return message.kind() == MessageKind.TEXT || message.kind() == MessageKind.EXTENDED_TEXT;
    }

    private static MessageContent plain(String text) {
        return new TextContent(text, Optional.empty(), Optional.empty());
    }

    /** What somebody has written, where the content is that and no more than that. */
    public static Optional<String> text(MessageContent content) {
        return content instanceof TextContent text && !isUnreadable(text) ? Optional.of(text.text()) : Optional.empty();
    }

    /** What is in the message that takes another one's place. */
    private static Message replacement(ProtocolMessage edit) {
        return MessageEnvelope.ofPlain(edit.getEditedMessage().toByteArray())
                .map(MessageEnvelope::content)
                .orElseGet(Message::getDefaultInstance);
    }

    /** The other text of a message that was changed; empty where it is no text that was changed. */
    public static Optional<String> editedText(ProtocolMessage edit) {
        Message message = replacement(edit);
        if (message.hasConversation()) {
            return Optional.of(message.getConversation());
        }
        return message.hasExtendedTextMessage()
                ? Optional.of(message.getExtendedTextMessage().getText())
                : Optional.empty();
    }

    /** What is written beside a file that was changed. */
    public static Optional<String> editedCaption(ProtocolMessage edit) {
        return caption(replacement(edit));
    }

    /** What is written beside a file, if only nothing; empty where there could be nothing beside it. */
    private static Optional<String> caption(Message message) {
        if (message.hasImageMessage()) {
            return Optional.of(message.getImageMessage().getCaption());
        }
        if (message.hasVideoMessage()) {
            return Optional.of(message.getVideoMessage().getCaption());
        }
        return message.hasDocumentMessage()
                ? Optional.of(message.getDocumentMessage().getCaption())
                : Optional.empty();
    }

    private static MessageContent extended(ExtendedTextMessage text) {
        return new TextContent(text.getText(), Optional.of(extra(text)), quote(text.getContextInfo()));
    }

    /** What is told of a text beside it. */
    static Extra extra(ExtendedTextMessage text) {
        ContextInfo context = text.getContextInfo();
        return new Extra(
                text.getDescription(),
                text.getTitle(),
                previewType(text.getPreviewType()),
                KindReading.base64(text.getJpegThumbnail()),
                Integer.toUnsignedLong(context.getForwardingScore()),
                context.getIsForwarded(),
                Advertisement.of(context.getExternalAdReply()));
    }

    private static String previewType(int type) {
        return switch (type) {
            case 1 -> "Video";
            case 4 -> "Placeholder";
            case 5 -> "Image";
            default -> "None";
        };
    }

    /** The message that this one answers. */
    static Optional<Quote> quote(ContextInfo context) {
        if (!context.hasStanzaId() || !context.hasQuotedMessage()) {
            return Optional.empty();
        }
        String participant =
                Jid.parse(context.getParticipant()).map(ChatNames::of).orElse("");
        return Optional.of(MessageEnvelope.ofPlain(context.getQuotedMessage().toByteArray())
                .filter(quoted -> quoted.kind() != MessageKind.NOTHING)
                .map(quoted -> new Quote(
                        context.getStanzaId(),
                        participant,
                        of(Optional.of(quoted)).quoted()))
                .orElseGet(() -> new Quote(context.getStanzaId(), participant)));
    }

    /** The name of a kind that GREEN-API has none for. */
    private static String type(MessageKind kind) {
        return kind == MessageKind.ENCRYPTED_REACTION || kind == MessageKind.ENCRYPTED_EDIT
                ? "encrypted message"
                : camelCase(kind.name()) + "Message";
    }

    private static String camelCase(String constant) {
        String[] words = constant.toLowerCase(Locale.ROOT).split("_");
        return words[0]
                + Arrays.stream(words)
                        .skip(1)
                        .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                        .collect(Collectors.joining());
    }
}
