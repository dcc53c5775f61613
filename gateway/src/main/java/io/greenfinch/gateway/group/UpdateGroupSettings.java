package io.greenfinch.gateway.group;

import io.greenfinch.client.Session;
import io.greenfinch.client.group.GroupChange;
import io.greenfinch.client.stanza.Outcome;
import io.greenfinch.client.stanza.Refusal;
import io.greenfinch.gateway.http.ApiMethod;
import io.greenfinch.gateway.http.Call;
import io.greenfinch.gateway.http.Descriptor;
import io.greenfinch.gateway.http.Field;
import io.greenfinch.gateway.http.FieldType;
import io.greenfinch.gateway.http.Fields;
import io.greenfinch.gateway.http.Json;
import io.greenfinch.gateway.http.Reply;
import io.greenfinch.gateway.http.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Says what participants of a group may do (green-api.md §9.4). */
public final class UpdateGroupSettings implements ApiMethod.OfSession {

    private static final String FLAG = "updateGroupSettings";
    private static final Field<Optional<Boolean>> EDIT =
            Field.optional("allowParticipantsEditGroupSettings", FieldType.FLAG);
    private static final Field<Optional<Boolean>> SEND =
            Field.optional("allowParticipantsSendMessages", FieldType.FLAG);

    @Override
    public Descriptor descriptor() {
        return Descriptor.post(FLAG, 10)
                .taking(new Fields(List.of(ChatIds.GROUP, EDIT, SEND), List.of(EDIT.name(), SEND.name()), false))
                .answering(Shape.either(
                        Shape.object(FLAG, Shape.TRUE),
                        Shape.object(FLAG, Shape.constant(false))
                                .and("reason", Shape.words("NOT_ENOUGH_RIGHTS", "FORBIDDEN"))))
                .withReasons(String.join(" ", Reasons.CHANGE, Descriptor.REFUSED, SettingChanges.PARTLY_DONE));
    }

    @Override
    public Reply handle(Call call, Session session) {
        List<GroupChange> wishes = new ArrayList<>();
        call.get(EDIT).ifPresent(allowed -> wishes.add(new GroupChange.Locked(!allowed)));
        call.get(SEND).ifPresent(allowed -> wishes.add(new GroupChange.Announcement(!allowed)));
        return SettingChanges.make(call, session, FLAG, wishes, UpdateGroupSettings::refusal);
    }

    /** The two documented words in the body, the exact one in the header. */
    private static Reply refusal(Outcome.Refused<GroupChange> refused, String exactly) {
        boolean noGroup = refused.reason() == Refusal.NOT_A_MEMBER || refused.reason() == Refusal.GROUP_NOT_FOUND;
        return Reply.ok(Json.object().put(FLAG, false).put("reason", noGroup ? "NOT_ENOUGH_RIGHTS" : "FORBIDDEN"))
                .withReason(exactly)
                .succeeding(false);
    }
}
