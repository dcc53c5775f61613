package io.greenfinch.gateway.group;

import io.greenfinch.client.group.CreationMemory;
import io.greenfinch.gateway.http.Json;
import io.greenfinch.gateway.http.RepeatRecord;
import io.greenfinch.protocol.binary.Jid;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is remembered of a group that is asked for under an Idempotency-Key.
 *
 * @param id the field of the answer that names the new group
 */
record RepeatedCreation(RepeatRecord record, String id) implements CreationMemory {

    @Override
    public boolean remembers() {
        return record.keyed();
    }

    @Override
    public Optional<Intent> open() {
        return record.intent().map(RepeatedCreation::read);
    }

    @Override
    public Set<Jid> answered() {
        return record.otherAnswers().stream()
                .flatMap(body -> Jid.parse(json(body).path(id).stringValue("")).stream())
                .collect(Collectors.toSet());
    }

    @Override
    public void begin(Intent intent) {
        ArrayNode known = Json.array();
        intent.known().forEach(group -> known.add(group.toString()));
        ObjectNode stored = Json.object()
                .put("key", intent.key())
                .put("at", intent.at().toEpochMilli())
                .put("until", intent.until().toEpochMilli());
        stored.set("known", known);
        record.intend(Json.bytes(stored));
    }

    @Override
    public void forget() {
        record.withdraw();
    }

    private static Intent read(byte[] stored) {
        JsonNode intent = json(stored);
        Set<Jid> known = intent.path("known")
                .valueStream()
                .flatMap(group -> Jid.parse(group.stringValue()).stream())
                .collect(Collectors.toSet());
        return new Intent(
                intent.path("key").stringValue(),
                known,
                Instant.ofEpochMilli(intent.path("at").longValue()),
                Instant.ofEpochMilli(intent.path("until").longValue()));
    }

    private static JsonNode json(byte[] bytes) {
        return Json.parse(new String(bytes, StandardCharsets.UTF_8));
    }
}
