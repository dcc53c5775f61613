package io.greenfinch.gateway.account;

import io.greenfinch.gateway.http.ApiMethod;
import io.greenfinch.gateway.http.Call;
import io.greenfinch.gateway.http.Descriptor;
import io.greenfinch.gateway.http.Descriptor.Trait;
import io.greenfinch.gateway.http.Field;
import io.greenfinch.gateway.http.FieldType;
import io.greenfinch.gateway.http.Json;
import io.greenfinch.gateway.http.ObjectShape;
import io.greenfinch.gateway.http.Reply;
import io.greenfinch.gateway.http.Shape;
import io.greenfinch.gateway.instance.Instance;
import io.greenfinch.gateway.store.StateHistoryTable;
import io.greenfinch.gateway.store.StateHistoryTable.Entry;
import java.util.Optional;

/** Tells how the state changed, the newest change first (green-api.md §4.4). */
public record GetStateInstanceHistory(StateHistoryTable history) implements ApiMethod.OfInstance {

    private static final long STANDARD_COUNT = 100;
    private static final Field<Optional<Long>> COUNT = Field.fillable(
            "count", FieldType.integer(1, Integer.MAX_VALUE).describedBy("default", Json.of(STANDARD_COUNT)));

    private static final Shape STATE = Shape.words("notAuthorized", "authorized", "blocked", "suspended");

    private static final ObjectShape<Entry> ENTRY = ObjectShape.of(Entry.class)
            .with("stateInstance", STATE, Entry::state)
            .number("timestamp", entry -> entry.at().getEpochSecond())
            .with("phoneNumber", GetSettings.WID, entry -> entry.phone().isEmpty() ? "" : entry.phone() + "@c.us");

    @Override
    public Descriptor descriptor() {
        return Descriptor.get("getStateInstanceHistory", 10)
                .with(Trait.SAFE)
                .taking(COUNT)
                .answering(Shape.list(ENTRY.shape(), 0, StateHistoryTable.KEPT));
    }

    @Override
    public Reply handle(Call call, Instance instance) {
        int count = (int) Math.min(call.get(COUNT).orElse(STANDARD_COUNT), StateHistoryTable.KEPT);
        return Reply.ok(ENTRY.all(history.newest(instance.id(), count)));
    }
}
