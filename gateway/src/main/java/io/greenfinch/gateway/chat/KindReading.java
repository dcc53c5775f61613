package io.greenfinch.gateway.chat;

import com.google.protobuf.ByteString;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.message.MessageEnvelope;
import io.greenfinch.protocol.message.PollContent;
import io.greenfinch.protocol.proto.ContactMessage;
import io.greenfinch.protocol.proto.ContextInfo;
import io.greenfinch.protocol.proto.GroupInviteMessage;
import io.greenfinch.protocol.proto.LiveLocationMessage;
import io.greenfinch.protocol.proto.LocationMessage;
import io.greenfinch.protocol.proto.Message;
import io.greenfinch.protocol.proto.MessageKey;
import io.greenfinch.protocol.proto.PollCreationMessage;
import io.greenfinch.protocol.proto.PollOption;
import io.greenfinch.protocol.proto.ProtocolMessage;
import io.greenfinch.protocol.proto.ReactionMessage;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Reads messages that are neither texts nor files nor buttons (green-api.md §6.7). */
final class KindReading {

    private KindReading() {}

    /** Empty for a kind that GREEN-API has no name for. */
    static Optional<DataContent> of(MessageEnvelope message, String sender) {
        Message content = message.content();
        return switch (message.kind()) {
            case LOCATION -> told("locationMessage", "locationMessageData", place(content.getLocationMessage()));
            case LIVE_LOCATION ->
                told("locationMessage", "locationMessageData", place(content.getLiveLocationMessage()));
            case CONTACT -> {
                ContactMessage contact = content.getContactMessage();
                yield quoting(
                        "contactMessage",
                        "contactMessageData",
                        forwarded(card(contact), contact.getContextInfo()),
                        contact.getContextInfo());
            }
            case CONTACTS -> {
                ObjectNode contacts = object();
                ArrayNode cards = contacts.putArray("contacts");
                content.getContactsArrayMessage().getContactsList().forEach(contact -> cards.add(card(contact)));
                ContextInfo context = content.getContactsArrayMessage().getContextInfo();
                yield quoting("contactsArrayMessage", "messageData", forwarded(contacts, context), context);
            }
            case REACTION -> reaction(content.getReactionMessage(), sender);
            case POLL -> {
                PollCreationMessage poll = PollContent.of(content);
                yield quoting("pollMessage", "pollMessageData", question(poll), poll.getContextInfo());
            }
            case EDIT -> told("editedMessage", "editedMessageData", edited(content.getProtocolMessage()));
            case DELETION ->
                told(
                        "deletedMessage",
                        "deletedMessageData",
                        object().put(
                                        "stanzaId",
                                        content.getProtocolMessage().getKey().getId()));
            case GROUP_INVITE ->
                quoting(
                        "groupInviteMessage",
                        "groupInviteMessageData",
                        invitation(content.getGroupInviteMessage()),
                        content.getGroupInviteMessage().getContextInfo());
            case IMAGE, VIDEO, AUDIO, DOCUMENT, STICKER -> Optional.of(FileReading.of(message));
            case BUTTONS,
                    BUTTONS_RESPONSE,
                    LIST,
                    LIST_RESPONSE,
                    TEMPLATE,
                    TEMPLATE_REPLY,
                    INTERACTIVE,
                    INTERACTIVE_RESPONSE -> Optional.of(ButtonReading.of(message));
            default -> Optional.empty();
        };
    }

    private static Optional<DataContent> told(String type, String key, ObjectNode data) {
        return Optional.of(new DataContent(type, key, data, Optional.empty()));
    }

    private static Optional<DataContent> told(String type, String key, Place place) {
        return quoting(type, key, place.data, place.context);
    }

    private static Optional<DataContent> quoting(String type, String key, ObjectNode data, ContextInfo context) {
        return Optional.of(new DataContent(type, key, data, MessageReading.quote(context)));
    }

    /** How often a message was passed on, where it is told. */
    static ObjectNode forwarded(ObjectNode data, ContextInfo context) {
        return data.put("forwardingScore", Integer.toUnsignedLong(context.getForwardingScore()))
                .put("isForwarded", context.getIsForwarded());
    }

    /** A thumbnail as text. */
    static String base64(ByteString bytes) {
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }

    /** Where somebody is, or something. */
    private record Place(ObjectNode data, ContextInfo context) {}

    private static Place place(LocationMessage location) {
        return place(
                location.getName(),
                location.getAddress(),
                location.getDegreesLatitude(),
                location.getDegreesLongitude(),
                location.getJpegThumbnail(),
                location.getContextInfo());
    }

    private static Place place(LiveLocationMessage location) {
        return place(
                location.getCaption(),
                "",
                location.getDegreesLatitude(),
                location.getDegreesLongitude(),
                location.getJpegThumbnail(),
                location.getContextInfo());
    }

    private static Place place(
            String name, String address, double latitude, double longitude, ByteString picture, ContextInfo context) {
        ObjectNode data = object().put("nameLocation", name)
                .put("address", address)
                .put("latitude", finite(latitude))
                .put("longitude", finite(longitude))
                .put("jpegThumbnail", base64(picture));
        return new Place(forwarded(data, context), context);
    }

    /** JSON has no other numbers. */
    private static double finite(double degrees) {
        return Double.isFinite(degrees) ? degrees : 0;
    }

    private static ObjectNode card(ContactMessage contact) {
        return object().put("displayName", contact.getDisplayName()).put("vcard", contact.getVcard());
    }

    private static Optional<DataContent> reaction(ReactionMessage reaction, String sender) {
        MessageKey key = reaction.getKey();
        String author = key.getFromMe()
                ? sender
                : Stream.of(key.getParticipant(), key.getRemoteJid())
                        .flatMap(jid -> Jid.parse(jid).stream())
                        .filter(jid -> !jid.isGroup() && !jid.user().isEmpty())
                        .findFirst()
                        .map(ChatNames::of)
                        .orElse("");
        return Optional.of(new DataContent(
                "reactionMessage",
                "extendedTextMessageData",
                object().put("text", reaction.getText()),
                Optional.of(new Quote(key.getId(), author))));
    }

    private static ObjectNode question(PollCreationMessage poll) {
        ObjectNode data = object().put("name", poll.getName());
        ArrayNode options = data.putArray("options");
        for (PollOption option : poll.getOptionsList()) {
            options.addObject().put("optionName", option.getOptionName());
        }
        return data.put("multipleAnswers", PollContent.takesSeveral(poll));
    }

    private static ObjectNode edited(ProtocolMessage edit) {
        ObjectNode data = object();
        MessageReading.editedCaption(edit)
                .ifPresentOrElse(
                        caption -> data.put("caption", caption),
                        () -> data.put(
                                "textMessage", MessageReading.editedText(edit).orElse("")));
        return data.put("stanzaId", edit.getKey().getId());
    }

    private static ObjectNode invitation(GroupInviteMessage invitation) {
        return object().put("groupJid", invitation.getGroupJid())
                .put("inviteCode", invitation.getInviteCode())
                .put("inviteExpiration", Long.toString(invitation.getInviteExpiration()))
                .put("groupName", invitation.getGroupName())
                .put("caption", invitation.getCaption())
                .put("name", invitation.getGroupName())
                .put("jpegThumbnail", base64(invitation.getJpegThumbnail()));
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
