package io.greenfinch.gateway.contact;

import io.greenfinch.client.Session;
import io.greenfinch.client.business.Business;
import io.greenfinch.client.business.BusinessProfile;
import io.greenfinch.client.business.CatalogPage;
import io.greenfinch.client.business.Product;
import io.greenfinch.client.contact.Registration;
import io.greenfinch.client.group.Group;
import io.greenfinch.client.picture.PictureSize;
import io.greenfinch.client.presence.LastSeen;
import io.greenfinch.client.stanza.Outcome;
import io.greenfinch.gateway.business.ProductItem;
import io.greenfinch.gateway.chat.ChatNames;
import io.greenfinch.gateway.group.ChatIds;
import io.greenfinch.gateway.group.Reasons;
import io.greenfinch.gateway.http.ApiMethod;
import io.greenfinch.gateway.http.Call;
import io.greenfinch.gateway.http.Descriptor;
import io.greenfinch.gateway.http.Field;
import io.greenfinch.gateway.http.Json;
import io.greenfinch.gateway.http.Reply;
import io.greenfinch.gateway.http.Shape;
import io.greenfinch.gateway.instance.Instance;
import io.greenfinch.gateway.picture.GetAvatar;
import io.greenfinch.gateway.store.ChatMarkTable;
import io.greenfinch.gateway.store.ChatMarkTable.Marks;
import io.greenfinch.protocol.binary.Jid;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * Tells what is known of somebody: their names, their picture, what they tell as a business, and how the account treats their chat
 * (green-api.md §11.4).
 *
 * @param wall the time of day
 */
public record GetContactInfo(ChatList list, ChatMarkTable marks, Clock wall) implements ApiMethod.OfAccount {

    /** Of what a business offers, the first. */
    private static final int PRODUCTS = 10;

    private static final Field<Jid> CHAT = Field.required("chatId", ChatIds.CHAT_ID);

    @Override
    public Descriptor descriptor() {
        return Descriptor.post("getContactInfo", 1)
                .taking(CHAT)
                .answering(Shape.object("avatar", Shape.TEXT)
                        .and("name", Shape.TEXT)
                        .and("contactName", Shape.TEXT)
                        .and("email", Shape.TEXT)
                        .and("category", Shape.TEXT)
                        .and("description", Shape.TEXT)
                        .and("products", Shape.list(ProductItem.SHAPE, 0, PRODUCTS))
                        .and("chatId", Shape.either(ChatIds.PERSON_SHAPE, ChatIds.GROUP_SHAPE))
                        .and("lastSeen", Shape.NUMBER.orNull())
                        .and("isArchive", Shape.FLAG)
                        .and("isDisappearing", Shape.FLAG)
                        .and("isMute", Shape.FLAG)
                        .and("messageExpiration", Shape.NUMBER)
                        .and("muteExpiration", Shape.NUMBER.orNull())
                        .and("isBusiness", Shape.FLAG))
                .withReasons(502, SharedActions.REASONS);
    }

    @Override
    public Reply handle(Call call, Instance instance, Session session) {
        Jid chat = call.get(CHAT);
        return chat.isGroup()
                ? answer(call, instance, session, Optional.empty(), List.of())
                : person(call, instance, session, chat);
    }

    /** Whether somebody is a business is what cannot be left open; what else WhatsApp does not tell is not known. */
    private Reply person(Call call, Instance instance, Session session, Jid person) {
        return switch (session.business().profile(person, call.deadline())) {
            case Outcome.Done<Optional<BusinessProfile>>(var business) ->
                answer(
                        call,
                        instance,
                        session,
                        business,
                        business.isEmpty() ? List.of() : offers(call, session, person));
            case Outcome.Refused<Optional<BusinessProfile>> refused ->
                Reply.error(502, "Bad Gateway").withReason(Reasons.refused(refused.code()));
            case Outcome.Unknown<Optional<BusinessProfile>>(var why) -> Reasons.noAnswer(why);
        };
    }

    private static List<Product> offers(Call call, Session session, Jid seller) {
        Business business = session.business();
        return business.catalog(seller, PRODUCTS, Optional.empty(), call.deadline())
                .done()
                .map(CatalogPage::products)
                .orElse(List.of());
    }

    private Reply answer(
            Call call, Instance instance, Session session, Optional<BusinessProfile> business, List<Product> products) {
        Jid jid = call.get(CHAT);
        ChatList.Chat chat = list.of(instance, ChatNames.of(jid));
        Marks marked = marks.of(instance.id(), chat.id());
        Instant now = wall.instant();
        boolean shown = instance.settings().on("keepOnlineStatus"); // else WhatsApp tells nothing
        LastSeen seen = shown && !chat.isGroup() ? lastSeen(call, session, jid) : LastSeen.UNTOLD;
        ObjectNode told = Json.object()
                .put("avatar", GetAvatar.url(session.pictures().find(jid, PictureSize.IMAGE, call.deadline())))
                .put("name", chat.name())
                .put("contactName", chat.contactName())
                .put("email", business.map(BusinessProfile::email).orElse(""))
                .put("category", business.map(BusinessProfile::category).orElse(""))
                .put("description", business.map(BusinessProfile::description).orElseGet(() -> description(chat)));
        told.set("products", ProductItem.all(products));
        told.put("chatId", chat.id());
        put(told, "lastSeen", seen.online() ? Optional.of(now) : seen.at());
        told.put("isArchive", chat.archived())
                .put("isDisappearing", chat.ephemeralSeconds() > 0)
                .put("isMute", marked.silent(now))
                .put("messageExpiration", chat.ephemeralSeconds());
        put(told, "muteExpiration", marked.silent(now) ? marked.mutedUntil() : Optional.empty());
        return Reply.ok(told.put("isBusiness", business.isPresent()));
    }

    /** Somebody is asked for by the number that WhatsApp has of them. */
    private static LastSeen lastSeen(Call call, Session session, Jid person) {
        Optional<Registration> known = person.isPn()
                ? session.people().find(person, false, call.deadline()).done()
                : Optional.empty();
        return session.presence()
                .lastSeen(
                        known.flatMap(Registration::pn).orElse(person),
                        known.flatMap(Registration::lid),
                        call.deadline());
    }

    private static String description(ChatList.Chat chat) {
        return chat.group()
                .map(Group::settings)
                .map(Group.Settings::description)
                .orElse("");
    }

    private static void put(ObjectNode told, String name, Optional<Instant> at) {
        if (at.isPresent()) {
            told.put(name, at.get().getEpochSecond());
        } else {
            told.putNull(name);
        }
    }
}
