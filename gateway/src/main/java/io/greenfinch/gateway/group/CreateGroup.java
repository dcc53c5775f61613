package io.greenfinch.gateway.group;

import io.greenfinch.client.Session;
import io.greenfinch.client.group.CreatedGroup;
import io.greenfinch.client.stanza.Outcome;
import io.greenfinch.client.stanza.Silence;
import io.greenfinch.gateway.group.InviteLinks.InviteLink;
import io.greenfinch.gateway.http.ApiMethod;
import io.greenfinch.gateway.http.Call;
import io.greenfinch.gateway.http.Descriptor;
import io.greenfinch.gateway.http.Field;
import io.greenfinch.gateway.http.FieldType;
import io.greenfinch.gateway.http.Json;
import io.greenfinch.gateway.http.Reply;
import io.greenfinch.gateway.http.Shape;
import io.greenfinch.protocol.binary.Jid;
import java.util.List;
import java.util.Optional;

/** Creates a group of the account and some people (green-api.md §9.1). */
public record CreateGroup(InviteLinks links) implements ApiMethod.OfSession {

    private static final String CHAT_ID = "chatId";

    private static final Field<List<Jid>> PEOPLE =
            Field.required("chatIds", FieldType.array(0, 1023, ChatIds.PERSON_ID));

    @Override
    public Descriptor descriptor() {
        return Descriptor.post("createGroup", 1)
                .taking(UpdateGroupName.NAME, PEOPLE)
                .answering(Shape.object("created", Shape.TRUE)
                        .and(CHAT_ID, ChatIds.GROUP_SHAPE)
                        .and("groupInviteLink", InviteLink.SHAPE))
                .withReasons("not-all-added " + InviteLink.REASONS)
                .withReasons(500, Descriptor.REFUSED);
    }

    @Override
    public Reply handle(Call call, Session session) {
        return switch (session.groups()
                .create(
                        call.get(UpdateGroupName.NAME),
                        call.get(PEOPLE),
                        new RepeatedCreation(call.record(), CHAT_ID),
                        call.deadline())) {
            case Outcome.Done<CreatedGroup>(CreatedGroup created) -> {
                Jid id = created.group().id();
                InviteLink link = links.of(session, id, call.deadline());
                Reply made = Reply.ok(Json.object()
                        .put("created", true)
                        .put(CHAT_ID, id.toString())
                        .put("groupInviteLink", link.url()));
                Optional<String> reason = created.missing().isEmpty() ? link.reason() : Optional.of("not-all-added");
                yield reason.map(made::withReason).orElse(made);
            }
            case Outcome.Refused<CreatedGroup> refused ->
                // WhatsApp's refusal, for example of too many groups in a short time, is documented as a 500.
                Reply.error(500, "Internal Server Error").withReason(Reasons.refused(refused.code()));
            case Outcome.Unknown<CreatedGroup>(Silence why) -> Reasons.noAnswer(why);
        };
    }
}
