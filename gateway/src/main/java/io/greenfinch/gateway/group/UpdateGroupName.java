package io.greenfinch.gateway.group;

import io.greenfinch.client.Session;
import io.greenfinch.client.group.GroupChange;
import io.greenfinch.client.stanza.Outcome;
import io.greenfinch.gateway.http.ApiMethod;
import io.greenfinch.gateway.http.Call;
import io.greenfinch.gateway.http.Descriptor;
import io.greenfinch.gateway.http.Field;
import io.greenfinch.gateway.http.FieldType;
import io.greenfinch.gateway.http.Reply;
import io.greenfinch.gateway.http.Shape;

/** Gives a group another name (green-api.md §9.2). A group that has this name already is as wished. */
public final class UpdateGroupName implements ApiMethod.OfSession {

    private static final String FLAG = "updateGroupName";

    /** What a group may be called: something that can be seen. */
    static final Field<String> NAME = Field.required("groupName", FieldType.VISIBLE_TEXT.notLonger(100));

    @Override
    public Descriptor descriptor() {
        return Descriptor.post(FLAG, 1)
                .taking(ChatIds.GROUP, NAME)
                .answering(Shape.object(FLAG, Shape.FLAG))
                .withReasons(String.join(" ", Reasons.CHANGE, "unchanged", Descriptor.REFUSED));
    }

    @Override
    public Reply handle(Call call, Session session) {
        GroupChange change = new GroupChange.Subject(call.get(NAME));
        Outcome<GroupChange> outcome = session.groups().change(call.get(ChatIds.GROUP), change, call.deadline());
        return Reasons.changed(outcome, FLAG, "unchanged", true);
    }
}
