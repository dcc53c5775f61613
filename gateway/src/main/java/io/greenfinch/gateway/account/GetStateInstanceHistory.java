package io.greenfinch.gateway.account;

import io.greenfinch.gateway.http.Answer;
import io.greenfinch.gateway.http.Call;
import io.greenfinch.gateway.http.Field;
import io.greenfinch.gateway.http.InstanceMethod;
import io.greenfinch.gateway.http.Json;
import io.greenfinch.gateway.http.MethodSpec;
import io.greenfinch.gateway.http.Schema;
import io.greenfinch.gateway.instance.Instance;
import io.greenfinch.gateway.store.StateHistoryTable;
import tools.jackson.databind.node.ArrayNode;

/** Tells how the state changed, the newest change first (green-api.md §4.4). */
public final class GetStateInstanceHistory implements InstanceMethod {

    private static final String COUNT = "count";
    private static final int STANDARD_COUNT = 100;
    private static final Schema SCHEMA = Schema.of(Field.optional(COUNT, Field.integer(1, Integer.MAX_VALUE)));
    private static final MethodSpec SPEC =
            MethodSpec.get("getStateInstanceHistory", 10).taking(SCHEMA).asSafe();

    private final StateHistoryTable history;

    public GetStateInstanceHistory(StateHistoryTable history) {
        this.history = history;
    }

    @Override
    public MethodSpec spec() {
        return SPEC;
    }

    @Override
    public Answer handle(Call call, Instance instance) {
        int count = Math.min(call.body().path(COUNT).asInt(STANDARD_COUNT), StateHistoryTable.KEPT);
        ArrayNode changes = Json.array();
        for (StateHistoryTable.Entry entry : history.newest(instance.id(), count)) {
            changes.add(Json.object()
                    .put("stateInstance", entry.state())
                    .put("timestamp", entry.at().getEpochSecond())
                    .put("phoneNumber", entry.phone().isEmpty() ? "" : entry.phone() + "@c.us"));
        }
        return Answer.ok(changes);
    }
}
