package io.greenfinch.protocol.message;

import io.greenfinch.protocol.proto.Message;
import io.greenfinch.protocol.proto.ProtocolMessage;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

/** What a message is (specification §31.5). */
public enum MessageKind {
    TEXT,
    EXTENDED_TEXT,
    IMAGE,
    VIDEO,
    AUDIO,
    DOCUMENT,
    STICKER,
    LOCATION,
    LIVE_LOCATION,
    CONTACT,
    CONTACTS,
    REACTION,
    /** A reaction that only who has the message's secret can read. */
    ENCRYPTED_REACTION,
    POLL,
    POLL_VOTE,
    GROUP_INVITE,
    EVENT,
    COMMENT,
    ALBUM,
    PIN,
    KEEP,
    BUTTONS,
    BUTTONS_RESPONSE,
    LIST,
    LIST_RESPONSE,
    TEMPLATE,
    TEMPLATE_REPLY,
    INTERACTIVE,
    INTERACTIVE_RESPONSE,
    /** Another text for an earlier message. */
    EDIT,
    /** The same, for who has the message's secret. */
    ENCRYPTED_EDIT,
    /** An earlier message is taken back. */
    DELETION,
    EPHEMERAL_SETTING,
    /** Something between devices, which no chat shows. */
    PROTOCOL,
    /** Shown on the phone only. */
    PLACEHOLDER,
    /** Nothing but a key of a group. */
    SENDER_KEY,
    /** Nothing at all. */
    NOTHING,
    /** Something that we have no name for; its bytes are kept. */
    UNKNOWN;

    private static final Map<Predicate<Message>, MessageKind> CONTENT = new LinkedHashMap<>();

    static {
        CONTENT.put(Message::hasConversation, TEXT);
        CONTENT.put(Message::hasExtendedTextMessage, EXTENDED_TEXT);
        CONTENT.put(Message::hasImageMessage, IMAGE);
        CONTENT.put(Message::hasVideoMessage, VIDEO);
        CONTENT.put(Message::hasPtvMessage, VIDEO);
        CONTENT.put(Message::hasAudioMessage, AUDIO);
        CONTENT.put(Message::hasDocumentMessage, DOCUMENT);
        CONTENT.put(Message::hasStickerMessage, STICKER);
        CONTENT.put(Message::hasLocationMessage, LOCATION);
        CONTENT.put(Message::hasLiveLocationMessage, LIVE_LOCATION);
        CONTENT.put(Message::hasContactMessage, CONTACT);
        CONTENT.put(Message::hasContactsArrayMessage, CONTACTS);
        CONTENT.put(Message::hasReactionMessage, REACTION);
        CONTENT.put(Message::hasEncReactionMessage, ENCRYPTED_REACTION);
        CONTENT.put(Message::hasPollCreationMessage, POLL);
        CONTENT.put(Message::hasPollCreationMessageV2, POLL);
        CONTENT.put(Message::hasPollCreationMessageV3, POLL);
        CONTENT.put(Message::hasPollCreationMessageV5, POLL);
        CONTENT.put(Message::hasPollUpdateMessage, POLL_VOTE);
        CONTENT.put(Message::hasGroupInviteMessage, GROUP_INVITE);
        CONTENT.put(Message::hasEventMessage, EVENT);
        CONTENT.put(Message::hasCommentMessage, COMMENT);
        CONTENT.put(Message::hasAlbumMessage, ALBUM);
        CONTENT.put(Message::hasPinInChatMessage, PIN);
        CONTENT.put(Message::hasKeepInChatMessage, KEEP);
        CONTENT.put(Message::hasButtonsMessage, BUTTONS);
        CONTENT.put(Message::hasButtonsResponseMessage, BUTTONS_RESPONSE);
        CONTENT.put(Message::hasListMessage, LIST);
        CONTENT.put(Message::hasListResponseMessage, LIST_RESPONSE);
        CONTENT.put(Message::hasTemplateMessage, TEMPLATE);
        CONTENT.put(Message::hasTemplateButtonReplyMessage, TEMPLATE_REPLY);
        CONTENT.put(Message::hasInteractiveMessage, INTERACTIVE);
        CONTENT.put(Message::hasInteractiveResponseMessage, INTERACTIVE_RESPONSE);
        CONTENT.put(Message::hasSecretEncryptedMessage, ENCRYPTED_EDIT);
        CONTENT.put(Message::hasPlaceholderMessage, PLACEHOLDER);
    }

    /** The kind of a message that is in no wrapper. */
    static MessageKind of(Message message) {
        if (message.hasProtocolMessage()) {
            return of(message.getProtocolMessage());
        }
        for (Map.Entry<Predicate<Message>, MessageKind> content : CONTENT.entrySet()) {
            if (content.getKey().test(message)) {
                return content.getValue();
            }
        }
        Message rest = message.toBuilder()
                .clearSenderKeyDistributionMessage()
                .clearMessageContextInfo()
                .build();
        if (rest.getSerializedSize() > 0) {
            return UNKNOWN;
        }
        return message.hasSenderKeyDistributionMessage() ? SENDER_KEY : NOTHING;
    }

    private static MessageKind of(ProtocolMessage message) {
        if (!message.hasType()) {
            return UNKNOWN;
        }
        return switch (message.getType()) {
            case REVOKE -> DELETION;
            case MESSAGE_EDIT -> EDIT;
            case EPHEMERAL_SETTING -> EPHEMERAL_SETTING;
            default -> PROTOCOL;
        };
    }
}
