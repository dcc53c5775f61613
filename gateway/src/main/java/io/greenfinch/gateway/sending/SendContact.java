package io.greenfinch.gateway.sending;

import io.greenfinch.gateway.chat.ContactCard;
import io.greenfinch.gateway.chat.MessageWriting;
import io.greenfinch.gateway.http.ApiMethod;
import io.greenfinch.gateway.http.Call;
import io.greenfinch.gateway.http.Descriptor;
import io.greenfinch.gateway.http.Field;
import io.greenfinch.gateway.http.FieldType;
import io.greenfinch.gateway.http.Json;
import io.greenfinch.gateway.http.Reply;
import io.greenfinch.gateway.http.Shape;
import io.greenfinch.gateway.instance.Instance;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Gives somebody's card to the queue of what is to be sent (green-api.md §5.7). */
public record SendContact(Sending sending) implements ApiMethod.OfInstance {

    private static final List<String> NAMES = List.of("firstName", "middleName", "lastName", "company");
    private static final String PHONE = "phoneContact";

    private static final FieldType.Rule PARTS = (name, value) -> {
        for (var member : value.properties()) {
            String part = name + "." + member.getKey();
            if (member.getKey().equals(PHONE) || member.getValue().isNull()) {
                continue;
            }
            if (!NAMES.contains(member.getKey())) {
                return FieldType.is(each -> false, "is not allowed").complaint(part, value);
            }
            var complaint = SendFields.SHORT_TEXT.rule().complaint(part, member.getValue());
            if (complaint.isPresent()) {
                return complaint;
            }
        }
        return FieldType.is(
                        contact -> NAMES.stream()
                                .anyMatch(
                                        each -> !contact.path(each).asString("").isBlank()),
                        "must have one of " + NAMES)
                .complaint(name, value);
    };

    private static final FieldType<ContactCard> CARD = FieldType.ANY
            .and(FieldType.is(JsonNode::isObject, "must be of type object"))
            .and((name, value) -> value.has(PHONE)
                    ? SendFields.PHONE_NUMBER.rule().complaint(name + "." + PHONE, value.path(PHONE))
                    : FieldType.is(each -> false, "is required").complaint(name + "." + PHONE, value))
            .and(PARTS)
            .as(SendContact::card)
            .shaped(Shape.object(PHONE, SendFields.PHONE_NUMBER.shape())
                    .maybe("firstName", SendFields.SHORT_TEXT.shape())
                    .maybe("middleName", SendFields.SHORT_TEXT.shape())
                    .maybe("lastName", SendFields.SHORT_TEXT.shape())
                    .maybe("company", SendFields.SHORT_TEXT.shape())
                    .with("minProperties", Json.of(2)));

    private static final Field<ContactCard> CONTACT = Field.required("contact", CARD);

    private static ContactCard card(JsonNode contact) {
        return new ContactCard(
                Long.toString(contact.path(PHONE).longValue()),
                contact.path("firstName").asString(""),
                contact.path("middleName").asString(""),
                contact.path("lastName").asString(""),
                contact.path("company").asString(""));
    }

    @Override
    public Descriptor descriptor() {
        return Descriptor.post("sendContact", 50)
                .taking(SendFields.CHAT, CONTACT, SendFields.QUOTED, SendFields.TYPING)
                .answering(Sending.ANSWER);
    }

    @Override
    public Reply handle(Call call, Instance instance) {
        ObjectNode request = SendFields.to(call);
        request.set("contact", call.body().path(CONTACT.name()));
        return sending.give(
                instance,
                new Draft(
                        "sendContact",
                        call.get(SendFields.CHAT),
                        SendFields.with(call, request),
                        MessageWriting.contact(call.get(CONTACT), sending.answered(instance, call))),
                call.record());
    }
}
