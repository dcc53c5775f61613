package io.greenfinch.gateway.group;

import io.greenfinch.client.Session;
import io.greenfinch.client.group.GroupChange;
import io.greenfinch.gateway.http.ApiMethod;
import io.greenfinch.gateway.http.Call;
import io.greenfinch.gateway.http.Descriptor;
import io.greenfinch.gateway.http.Field;
import io.greenfinch.gateway.http.FieldType;
import io.greenfinch.gateway.http.Fields;
import io.greenfinch.gateway.http.Reply;
import io.greenfinch.gateway.http.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Says how people come into a group: who adds them, who has its link, and whether administrators decide. An extension of
 * Greenfinch.
 */
public final class UpdateGroupAccess implements ApiMethod.OfSession {

    private static final String FLAG = "updateGroupAccess";
    private static final Field<Optional<Boolean>> ADD = Field.optional("allowParticipantsAddMembers", FieldType.FLAG);
    private static final Field<Optional<Boolean>> LINK = Field.optional("allowParticipantsShareLink", FieldType.FLAG);
    private static final Field<Optional<Boolean>> APPROVAL = Field.optional("approvalRequired", FieldType.FLAG);

    @Override
    public Descriptor descriptor() {
        return Descriptor.post(FLAG, 10)
                .taking(new Fields(
                        List.of(ChatIds.GROUP, ADD, LINK, APPROVAL),
                        List.of(ADD.name(), LINK.name(), APPROVAL.name()),
                        false))
                .answering(Shape.object(FLAG, Shape.FLAG))
                .withReasons(String.join(" ", Reasons.CHANGE, Descriptor.REFUSED, SettingChanges.PARTLY_DONE));
    }

    @Override
    public Reply handle(Call call, Session session) {
        List<GroupChange> wishes = new ArrayList<>();
        // Whoever is kept out by one of them is kept out before another lets people in.
        call.get(APPROVAL).filter(required -> required).ifPresent(on -> wishes.add(new GroupChange.Approval(true)));
        call.get(ADD).ifPresent(allowed -> wishes.add(new GroupChange.MembersAdd(allowed)));
        call.get(LINK).ifPresent(allowed -> wishes.add(new GroupChange.MembersLink(allowed)));
        call.get(APPROVAL).filter(required -> !required).ifPresent(off -> wishes.add(new GroupChange.Approval(false)));
        return SettingChanges.make(
                call,
                session,
                FLAG,
                wishes,
                (refused, exactly) -> Reply.flag(FLAG, false).withReason(exactly));
    }
}
