package io.greenfinch.gateway.group;

import io.greenfinch.client.stanza.Outcome;
import io.greenfinch.client.stanza.Refusal;
import io.greenfinch.client.stanza.Silence;
import io.greenfinch.gateway.chat.ChatNames;
import io.greenfinch.gateway.http.Json;
import io.greenfinch.gateway.http.Reply;
import io.greenfinch.gateway.http.Shape;
import io.greenfinch.protocol.binary.Jid;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The answer of methods that do something to several people or groups: a result for each in the order asked, and always 200
 * once the instance is linked, since each has its own truth.
 *
 * @param id the field that names whom a result is about
 * @param form how they are named
 * @param flag the field that says what became of it: {@code null} when nobody knows
 * @param unchanged the reason when it is so already
 * @param reasons the other reasons of WhatsApp, separated by blanks
 */
record EachResult(String id, Shape form, String flag, String unchanged, String reasons) {

    /** How many may be named at a time. */
    static final int MOST = 100;

    /** The body. */
    Shape shape() {
        String words = String.join("|", (unchanged + " " + reasons).strip().split(" +"));
        Shape about = Shape.object(id, form);
        Shape done = about.and(flag, Shape.TRUE);
        Shape not = about.and(flag, Shape.constant(false).orNull())
                .and(
                        "reason",
                        Shape.pattern(
                                "(" + words + "|not-sent|unknown|whatsapp-rate-limit|not-linked|refused-[0-9]+)"));
        return Shape.object("results", Shape.list(Shape.either(done, not), 1, MOST));
    }

    Reply reply(List<Jid> asked, List<? extends Outcome<?>> outcomes) {
        if (outcomes.stream().allMatch(new Outcome.Unknown<>(Silence.NOT_LINKED)::equals)) {
            return Reply.notLinked();
        }
        ArrayNode results = Json.array();
        for (int i = 0; i < asked.size(); i++) {
            results.add(result(asked.get(i), outcomes.get(i)));
        }
        ObjectNode body = Json.object();
        body.set("results", results);
        return Reply.ok(body).succeeding(outcomes.stream().allMatch(Outcome.Done.class::isInstance));
    }

    private ObjectNode result(Jid about, Outcome<?> outcome) {
        ObjectNode result = Json.object().put(id, ChatNames.of(about));
        return switch (outcome) {
            case Outcome.Done<?> done -> result.put(flag, true);
            case Outcome.Refused<?> refused ->
                result.put(flag, false)
                        .put(
                                "reason",
                                refused.reason() == Refusal.UNCHANGED
                                        ? unchanged
                                        : Reasons.of(refused.reason(), refused.code()));
            case Outcome.Unknown<?> unknown -> result.putNull(flag).put("reason", Reasons.of(unknown.why()));
        };
    }
}
