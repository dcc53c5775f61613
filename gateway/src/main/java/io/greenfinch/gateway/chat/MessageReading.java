package io.greenfinch.gateway.chat;

import io.greenfinch.gateway.chat.TextContent.Extra;
import io.greenfinch.gateway.chat.TextContent.Quote;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.message.MessageEnvelope;
import io.greenfinch.protocol.message.MessageKind;
import io.greenfinch.protocol.proto.ContextInfo;
import io.greenfinch.protocol.proto.ExtendedTextMessage;
import io.greenfinch.protocol.proto.Message;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Messages as WhatsApp has them, read and written (specification §14). */
public final class MessageReading {

    /** What is told in place of a message that can't be read (green-api.md §2.6). */
    private static final MessageContent UNREADABLE = new TextContent("{{SWE003}}", Optional.empty(), Optional.empty());

    private MessageReading() {}

    /** What a message says. What could not be read is told as that, and of another kind than a text its name. */
    public static MessageContent of(Optional<MessageEnvelope> message) {
        if (message.isEmpty()) {
            return UNREADABLE;
        }
        Message content = message.get().content();
        return switch (message.get().kind()) {
            case TEXT -> plain(content.getConversation());
            case EXTENDED_TEXT -> extended(content.getExtendedTextMessage());
            default -> plain(("[" + type(message.get().kind()) + "] " + words(content)).strip());
        };
    }

    /** Whether {@link #of} tells all that a message says. */
    public static boolean tellsAll(MessageEnvelope message) {
        return message.kind() == MessageKind.TEXT || message.kind() == MessageKind.EXTENDED_TEXT;
    }

    private static MessageContent plain(String text) {
        return new TextContent(text, Optional.empty(), Optional.empty());
    }

    /** What is written in it, or beside it. */
    private static String words(Message content) {
        Message edited = content.getProtocolMessage().getEditedMessage();
        return Stream.of(
                        content.getImageMessage().getCaption(),
                        content.getVideoMessage().getCaption(),
                        content.getDocumentMessage().getFileName(),
                        content.getDocumentMessage().getCaption(),
                        content.getReactionMessage().getText(),
                        edited.getConversation(),
                        edited.getExtendedTextMessage().getText())
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining(" "));
    }

    private static MessageContent extended(ExtendedTextMessage text) {
        ContextInfo context = text.getContextInfo();
        Extra extra = new Extra(
                text.getDescription(),
                text.getTitle(),
                previewType(text.getPreviewType()),
                Base64.getEncoder().encodeToString(text.getJpegThumbnail().toByteArray()),
                context.getForwardingScore(),
                context.getIsForwarded());
        return new TextContent(text.getText(), Optional.of(extra), quote(context));
    }

    private static String previewType(int type) {
        return switch (type) {
            case 1 -> "Video";
            case 4 -> "Placeholder";
            case 5 -> "Image";
            default -> "None";
        };
    }

    private static Optional<Quote> quote(ContextInfo context) {
        if (!context.hasStanzaId() || !context.hasQuotedMessage()) {
            return Optional.empty();
        }
        Message quoted = context.getQuotedMessage();
        String type = MessageEnvelope.ofPlain(quoted.toByteArray())
                .map(MessageEnvelope::kind)
                .map(MessageReading::type)
                .orElse(TextContent.PLAIN);
        String text = quoted.hasConversation()
                ? quoted.getConversation()
                : quoted.getExtendedTextMessage().getText();
        String participant =
                Jid.parse(context.getParticipant()).map(ChatNames::of).orElse("");
        return Optional.of(new Quote(context.getStanzaId(), participant, type, text));
    }

    private static String type(MessageKind kind) {
        return switch (kind) {
            case TEXT, EXTENDED_TEXT -> TextContent.PLAIN;
            case LIVE_LOCATION -> "locationMessage";
            case CONTACTS -> "contactsArrayMessage";
            case DELETION -> "deletedMessage";
            case EDIT, ENCRYPTED_EDIT -> "editedMessage";
            case ENCRYPTED_REACTION -> "reactionMessage";
            default -> camelCase(kind.name()) + "Message";
        };
    }

    private static String camelCase(String constant) {
        String[] words = constant.toLowerCase(Locale.ROOT).split("_");
        return words[0]
                + Arrays.stream(words)
                        .skip(1)
                        .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                        .collect(Collectors.joining());
    }

    /**
     * A text to send.
     *
     * @param quote what it answers, with the address of who wrote that
     */
    public static Message text(String text, Optional<Quote> quote) {
        return quote.map(known -> Message.newBuilder()
                        .setExtendedTextMessage(ExtendedTextMessage.newBuilder()
                                .setText(text)
                                .setContextInfo(ContextInfo.newBuilder()
                                        .setStanzaId(known.stanzaId())
                                        .setParticipant(ChatNames.jid(known.participant())
                                                .toString())
                                        .setQuotedMessage(Message.newBuilder().setConversation(known.text()))))
                        .build())
                .orElseGet(() -> Message.newBuilder().setConversation(text).build());
    }
}
