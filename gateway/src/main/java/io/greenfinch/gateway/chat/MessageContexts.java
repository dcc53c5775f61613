package io.greenfinch.gateway.chat;

import io.greenfinch.protocol.message.MessageEnvelope;
import io.greenfinch.protocol.message.PollContent;
import io.greenfinch.protocol.proto.ContextInfo;
import io.greenfinch.protocol.proto.ExtendedTextMessage;
import io.greenfinch.protocol.proto.FutureProofMessage;
import io.greenfinch.protocol.proto.Message;
import io.greenfinch.protocol.proto.PollCreationMessage;
import java.time.Instant;
import java.util.Optional;

/** What stands around the content of a message: what it answers, and how often it was passed on. */
final class MessageContexts {

    private MessageContexts() {}

    /** The content alone, without what came with it, in another context where its kind has one. */
    static Message with(MessageEnvelope message, ContextInfo context) {
        Message content = message.content();
        Message.Builder other = content.toBuilder().clearMessageContextInfo().clearSenderKeyDistributionMessage();
        switch (message.kind()) {
            case TEXT -> {
                if (!context.equals(ContextInfo.getDefaultInstance())) {
                    other.clearConversation()
                            .setExtendedTextMessage(ExtendedTextMessage.newBuilder()
                                    .setText(content.getConversation())
                                    .setContextInfo(context));
                }
            }
            case EXTENDED_TEXT ->
                other.setExtendedTextMessage(
                        content.getExtendedTextMessage().toBuilder().setContextInfo(context));
            case IMAGE ->
                other.setImageMessage(content.getImageMessage().toBuilder().setContextInfo(context));
            case VIDEO -> {
                if (content.hasPtvMessage()) {
                    other.setPtvMessage(content.getPtvMessage().toBuilder().setContextInfo(context));
                } else {
                    other.setVideoMessage(content.getVideoMessage().toBuilder().setContextInfo(context));
                }
            }
            case AUDIO ->
                other.setAudioMessage(content.getAudioMessage().toBuilder().setContextInfo(context));
            case DOCUMENT ->
                other.setDocumentMessage(
                        content.getDocumentMessage().toBuilder().setContextInfo(context));
            case STICKER ->
                other.setStickerMessage(content.getStickerMessage().toBuilder().setContextInfo(context));
            case LOCATION ->
                other.setLocationMessage(
                        content.getLocationMessage().toBuilder().setContextInfo(context));
            case LIVE_LOCATION ->
                other.setLiveLocationMessage(
                        content.getLiveLocationMessage().toBuilder().setContextInfo(context));
            case CONTACT ->
                other.setContactMessage(content.getContactMessage().toBuilder().setContextInfo(context));
            case CONTACTS ->
                other.setContactsArrayMessage(
                        content.getContactsArrayMessage().toBuilder().setContextInfo(context));
            case POLL -> poll(content, other, context);
            default -> {}
        }
        return other.build();
    }

    private static void poll(Message content, Message.Builder other, ContextInfo context) {
        PollCreationMessage poll =
                PollContent.of(content).toBuilder().setContextInfo(context).build();
        if (content.hasPollCreationMessageV3()) {
            other.setPollCreationMessageV3(poll);
        } else if (content.hasPollCreationMessageV2()) {
            other.setPollCreationMessageV2(poll);
        } else if (content.hasPollCreationMessageV5()) {
            other.setPollCreationMessageV5(poll);
        } else {
            other.setPollCreationMessage(poll);
        }
    }

    /** What stands around it; nothing where its kind has no context. */
    private static Optional<ContextInfo> of(MessageEnvelope message) {
        Message content = message.content();
        return switch (message.kind()) {
            case TEXT -> Optional.of(ContextInfo.getDefaultInstance());
            case EXTENDED_TEXT -> Optional.of(content.getExtendedTextMessage().getContextInfo());
            case IMAGE -> Optional.of(content.getImageMessage().getContextInfo());
            case VIDEO ->
                Optional.of(
                        content.hasPtvMessage()
                                ? content.getPtvMessage().getContextInfo()
                                : content.getVideoMessage().getContextInfo());
            case AUDIO -> Optional.of(content.getAudioMessage().getContextInfo());
            case DOCUMENT -> Optional.of(content.getDocumentMessage().getContextInfo());
            case STICKER -> Optional.of(content.getStickerMessage().getContextInfo());
            case LOCATION -> Optional.of(content.getLocationMessage().getContextInfo());
            case CONTACT -> Optional.of(content.getContactMessage().getContextInfo());
            case CONTACTS -> Optional.of(content.getContactsArrayMessage().getContextInfo());
            case LIVE_LOCATION -> Optional.of(content.getLiveLocationMessage().getContextInfo());
            case POLL -> Optional.of(PollContent.of(content).getContextInfo());
            default -> Optional.empty();
        };
    }

    /** The same message, which disappears after some seconds; one whose kind has no context is as it was. */
    static Message disappearing(Message message, int seconds, Optional<Instant> since) {
        if (message.hasDocumentWithCaptionMessage()) {
            Message document =
                    disappearing(message.getDocumentWithCaptionMessage().getMessage(), seconds, since);
            return message.toBuilder()
                    .setDocumentWithCaptionMessage(
                            FutureProofMessage.newBuilder().setMessage(document))
                    .build();
        }
        Optional<MessageEnvelope> envelope = MessageEnvelope.ofPlain(message.toByteArray());
        Optional<ContextInfo> context = envelope.flatMap(MessageContexts::of);
        if (context.isEmpty()) {
            return message;
        }
        ContextInfo.Builder timed = context.get().toBuilder().setExpiration(seconds);
        since.ifPresent(at -> timed.setEphemeralSettingTimestamp(at.getEpochSecond()));
        Message.Builder other = with(envelope.get(), timed.build()).toBuilder();
        if (message.hasMessageContextInfo()) {
            other.setMessageContextInfo(message.getMessageContextInfo());
        }
        return other.build();
    }
}
