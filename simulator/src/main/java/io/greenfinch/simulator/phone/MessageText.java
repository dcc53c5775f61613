package io.greenfinch.simulator.phone;

import io.greenfinch.protocol.message.MessageEnvelope;
import io.greenfinch.protocol.message.PollContent;
import io.greenfinch.protocol.proto.Message;
import java.util.Locale;
import java.util.Optional;

/** What a phone shows of a message: its text, or in square brackets what it is, with its caption. */
final class MessageText {

    private MessageText() {}

    /** Empty for what no chat shows. */
    static Optional<String> of(MessageEnvelope message) {
        Message content = message.content();
        return switch (message.kind()) {
            case TEXT -> Optional.of(content.getConversation());
            case EXTENDED_TEXT -> Optional.of(content.getExtendedTextMessage().getText());
            case REACTION -> {
                String reaction = content.getReactionMessage().getText();
                yield Optional.of(reaction.isEmpty() ? "took a reaction back" : "reacted with " + reaction);
            }
            case EDIT -> {
                Message edited = content.getProtocolMessage().getEditedMessage();
                String text = edited.hasConversation()
                        ? edited.getConversation()
                        : edited.getExtendedTextMessage().getText();
                yield Optional.of("edited a message: " + text);
            }
            case DELETION -> Optional.of("deleted a message");
            case LOCATION ->
                Optional.of(captioned("location", content.getLocationMessage().getName()));
            case CONTACT ->
                Optional.of(captioned("contact", content.getContactMessage().getDisplayName()));
            case POLL -> Optional.of(captioned("poll", PollContent.of(content).getName()));
            case IMAGE ->
                Optional.of(captioned("image", content.getImageMessage().getCaption()));
            case VIDEO ->
                Optional.of(captioned("video", content.getVideoMessage().getCaption()));
            case DOCUMENT ->
                Optional.of(captioned(
                        "document",
                        content.getDocumentMessage().hasCaption()
                                ? content.getDocumentMessage().getCaption()
                                : content.getDocumentMessage().getFileName()));
            case PROTOCOL, EPHEMERAL_SETTING, SENDER_KEY, NOTHING, PLACEHOLDER -> Optional.empty();
            default -> Optional.of("[" + name(message) + "]");
        };
    }

    private static String name(MessageEnvelope message) {
        return message.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String captioned(String kind, String caption) {
        return "[" + kind + "]" + (caption.isEmpty() ? "" : " " + caption);
    }
}
