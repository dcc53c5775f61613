package io.greenfinch.gateway.chat;

import io.greenfinch.gateway.chat.TextContent.Extra;
import io.greenfinch.gateway.chat.TextContent.Quote;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.message.MessageEnvelope;
import io.greenfinch.protocol.message.MessageKind;
import io.greenfinch.protocol.proto.ContextInfo;
import io.greenfinch.protocol.proto.ExtendedTextMessage;
import io.greenfinch.protocol.proto.Message;
import java.util.Base64;
import java.util.Optional;

/** Messages as WhatsApp has them, read and written (specification §14). */
public final class MessageReading {

    /** What is told in place of a message that can't be read (green-api.md §2.6). */
    private static final MessageContent UNREADABLE = new TextContent("{{SWE003}}", Optional.empty(), Optional.empty());

    private MessageReading() {}

    /** What a message says; empty for a kind that callers are not told of. What could not be read is told as that. */
    public static Optional<MessageContent> of(Optional<MessageEnvelope> message) {
        if (message.isEmpty()) {
            return Optional.of(UNREADABLE);
        }
        Message content = message.get().content();
        return switch (message.get().kind()) {
            case TEXT -> Optional.of(new TextContent(content.getConversation(), Optional.empty(), Optional.empty()));
            case EXTENDED_TEXT -> Optional.of(extended(content.getExtendedTextMessage()));
            default -> Optional.empty();
        };
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
            case IMAGE -> "imageMessage";
            case VIDEO -> "videoMessage";
            case AUDIO -> "audioMessage";
            case DOCUMENT -> "documentMessage";
            case STICKER -> "stickerMessage";
            case LOCATION, LIVE_LOCATION -> "locationMessage";
            case CONTACT -> "contactMessage";
            case CONTACTS -> "contactsArrayMessage";
            case POLL -> "pollMessage";
            default -> TextContent.PLAIN;
        };
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
