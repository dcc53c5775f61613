package io.greenfinch.gateway.chat;

import io.greenfinch.protocol.message.MessageEnvelope;
import io.greenfinch.protocol.message.MessageEnvelope.Wrapper;
import io.greenfinch.protocol.message.MessageKind;
import io.greenfinch.protocol.proto.ContextInfo;
import io.greenfinch.protocol.proto.Message;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Passes messages on (green-api.md §5.8): what they say, marked as forwarded, without what they answered. */
public final class Forwarding {

    /** What can be passed on. */
    private static final Set<MessageKind> KINDS = EnumSet.of(
            MessageKind.TEXT,
            MessageKind.EXTENDED_TEXT,
            MessageKind.IMAGE,
            MessageKind.VIDEO,
            MessageKind.AUDIO,
            MessageKind.DOCUMENT,
            MessageKind.STICKER,
            MessageKind.LOCATION,
            MessageKind.CONTACT,
            MessageKind.CONTACTS);

    private Forwarding() {}

    /** The message as somebody gets it to whom it is passed on; empty when its kind can't be, or it was to be seen once. */
    public static Optional<Message> of(MessageEnvelope message) {
        return KINDS.contains(message.kind()) && !once(message)
                ? Optional.of(MessageContexts.with(
                        message,
                        ContextInfo.newBuilder()
                                .setIsForwarded(true)
                                .setForwardingScore(forwardings(message.content()) + 1)
                                .build()))
                : Optional.empty();
    }

    private static boolean once(MessageEnvelope message) {
        Message content = message.content();
        return message.wrappers().contains(Wrapper.VIEW_ONCE)
                || content.getImageMessage().getViewOnce()
                || content.getVideoMessage().getViewOnce()
                || content.getPtvMessage().getViewOnce()
                || content.getAudioMessage().getViewOnce();
    }

    /** Only the one of the message's kind can be more than nothing. */
    private static int forwardings(Message content) {
        return Stream.of(
                        content.getExtendedTextMessage().getContextInfo(),
                        content.getImageMessage().getContextInfo(),
                        content.getVideoMessage().getContextInfo(),
                        content.getPtvMessage().getContextInfo(),
                        content.getAudioMessage().getContextInfo(),
                        content.getDocumentMessage().getContextInfo(),
                        content.getStickerMessage().getContextInfo(),
                        content.getLocationMessage().getContextInfo(),
                        content.getContactMessage().getContextInfo(),
                        content.getContactsArrayMessage().getContextInfo())
                .mapToInt(ContextInfo::getForwardingScore)
                .max()
                .orElse(0);
    }
}
