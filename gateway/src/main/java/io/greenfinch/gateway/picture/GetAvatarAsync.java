package io.greenfinch.gateway.picture;

import io.greenfinch.client.Session;
import io.greenfinch.client.contact.Registration;
import io.greenfinch.client.picture.Picture;
import io.greenfinch.client.picture.PictureSize;
import io.greenfinch.client.stanza.Outcome;
import io.greenfinch.client.stanza.Silence;
import io.greenfinch.gateway.chat.ChatNames;
import io.greenfinch.gateway.group.ChatIds;
import io.greenfinch.gateway.group.Reasons;
import io.greenfinch.gateway.http.ApiMethod;
import io.greenfinch.gateway.http.Call;
import io.greenfinch.gateway.http.Descriptor;
import io.greenfinch.gateway.http.Descriptor.Trait;
import io.greenfinch.gateway.http.Field;
import io.greenfinch.gateway.http.Reply;
import io.greenfinch.gateway.instance.EventProjection;
import io.greenfinch.gateway.instance.Instance;
import io.greenfinch.gateway.notification.AvatarInfo;
import io.greenfinch.protocol.binary.Jid;
import java.time.Clock;

/**
 * The same as {@link GetAvatar}, told by a notification (green-api.md §11.2). That is durable when the answer comes, so that nothing is
 * lost in between.
 *
 * @param wall the time of day
 */
public record GetAvatarAsync(EventProjection projection, Clock wall) implements ApiMethod.OfAccount {

    private static final Field<Jid> CHAT = Field.required("chatId", ChatIds.CHAT_ID);

    @Override
    public Descriptor descriptor() {
        return Descriptor.post("getAvatarAsync", 10).taking(CHAT).with(Trait.EMPTY);
    }

    @Override
    public Reply handle(Call call, Instance instance, Session session) {
        Jid chat = call.get(CHAT);
        return switch (session.pictures().find(chat, PictureSize.IMAGE, call.deadline())) {
            case Outcome.Done<Picture>(Picture found) ->
                told(instance, chat, true, found.url().toString(), "");
            case Outcome.Refused<Picture> refused ->
                switch (refused.reason()) {
                    case HIDDEN -> told(instance, chat, true, "", "");
                    case NO_PICTURE -> withoutPicture(call, instance, session);
                    default -> told(instance, chat, false, "", GetAvatar.BAD_REQUEST);
                };
            case Outcome.Unknown<Picture>(Silence why) -> silent(instance, chat, why);
        };
    }

    /** WhatsApp says the same of somebody whom it does not know. */
    private Reply withoutPicture(Call call, Instance instance, Session session) {
        Jid chat = call.get(CHAT);
        if (!chat.isPn()) {
            return told(instance, chat, true, "", "");
        }
        return switch (session.people().find(chat, false, call.deadline())) {
            case Outcome.Done<Registration>(Registration found) -> told(instance, chat, found.registered(), "", "");
            case Outcome.Refused<Registration> refused -> told(instance, chat, false, "", GetAvatar.BAD_REQUEST);
            case Outcome.Unknown<Registration>(Silence why) -> silent(instance, chat, why);
        };
    }

    private Reply silent(Instance instance, Jid chat, Silence why) {
        return switch (why) {
            case NOT_SENT, UNKNOWN -> told(instance, chat, false, "", GetAvatar.TIMEOUT);
            case RATE_LIMITED, NOT_LINKED -> Reasons.noAnswer(why);
        };
    }

    private Reply told(Instance instance, Jid chat, boolean exists, String url, String reason) {
        projection.tell(instance.id(), new AvatarInfo(ChatNames.of(chat), exists, url, reason, wall.instant()));
        return Reply.empty(200);
    }
}
