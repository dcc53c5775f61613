package io.greenfinch.gateway.group;

import io.greenfinch.client.Session;
import io.greenfinch.client.group.GroupChange;
import io.greenfinch.client.stanza.Outcome;
import io.greenfinch.gateway.http.ApiMethod;
import io.greenfinch.gateway.http.Call;
import io.greenfinch.gateway.http.Descriptor;
import io.greenfinch.gateway.http.Field;
import io.greenfinch.gateway.http.FieldType;
import io.greenfinch.gateway.http.Json;
import io.greenfinch.gateway.http.Reply;
import io.greenfinch.gateway.http.Shape;
import java.util.List;

/** Says after which time messages disappear from a group. An extension of Greenfinch. */
public final class SetGroupDisappearing implements ApiMethod.OfSession {

    private static final String FLAG = "setGroupDisappearing";

    /** What WhatsApp's own clients offer: never, a day, a week, ninety days. */
    private static final List<Long> TIMES = List.of(0L, 86_400L, 604_800L, 7_776_000L);

    private static final Field<Long> EXPIRATION = Field.required(
            "ephemeralExpiration",
            FieldType.integer(0, 7_776_000)
                    .and(FieldType.is(
                            value -> TIMES.contains(value.longValue()), "must be one of [0, 86400, 604800, 7776000]"))
                    .shaped(Shape.ANY.with("enum", Json.of(TIMES))));

    @Override
    public Descriptor descriptor() {
        return Descriptor.post(FLAG, 10)
                .taking(ChatIds.GROUP, EXPIRATION)
                .answering(Shape.object(FLAG, Shape.FLAG))
                .withReasons(String.join(" ", Reasons.CHANGE, "unchanged", Descriptor.REFUSED));
    }

    @Override
    public Reply handle(Call call, Session session) {
        GroupChange change = new GroupChange.Ephemeral(call.get(EXPIRATION).intValue());
        Outcome<GroupChange> outcome = session.groups().change(call.get(ChatIds.GROUP), change, call.deadline());
        return Reasons.changed(outcome, FLAG, "unchanged", true);
    }
}
