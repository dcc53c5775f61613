package io.greenfinch.gateway.chat;

import io.greenfinch.protocol.message.MessageEnvelope;
import io.greenfinch.protocol.proto.ContextInfo;
import io.greenfinch.protocol.proto.ExtendedTextMessage;
import io.greenfinch.protocol.proto.Message;

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
            default -> {}
        }
        return other.build();
    }
}
