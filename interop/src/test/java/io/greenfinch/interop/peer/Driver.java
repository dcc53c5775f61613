package io.greenfinch.interop.peer;

import io.greenfinch.interop.program.Program;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The process of a driver: commands, replies and events by JSON lines (interop/README.md). Thread-safe. */
final class Driver implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();

    private final Program<JsonNode> program;
    private final AtomicInteger ids = new AtomicInteger();

    private Driver(Program<JsonNode> program) {
        this.program = program;
    }

    static Driver start(List<String> command, Path log) {
        return new Driver(Program.start(command, Map.of(), log, JSON::readTree));
    }

    /** Runs one command and returns its result; a refusal is a {@link PeerRefusedException}. */
    JsonNode call(String command, Map<String, ?> fields, Duration deadline) {
        int id = ids.incrementAndGet();
        ObjectNode line = JSON.createObjectNode().put("id", id).put("do", command);
        fields.forEach((name, value) -> line.set(name, JSON.valueToTree(value)));
        program.write(line.toString());
        JsonNode answer = program.await(
                "answer to " + line,
                told -> told.filter(each -> each.path("id").asInt(0) == id).findFirst(),
                deadline);
        JsonNode error = answer.path("error");
        if (error.isObject()) {
            throw new PeerRefusedException(
                    command, error.get("code").asInt(), error.get("text").asString());
        }
        return answer.get("ok");
    }

    /** Waits until something can be found in the events told so far, oldest first. */
    <T> T await(String what, Function<Stream<JsonNode>, Optional<T>> search, Duration deadline) {
        return program.await(what, told -> search.apply(told.filter(Driver::isEvent)), deadline);
    }

    /** The events told so far, oldest first. */
    List<JsonNode> events() {
        return program.output().stream().filter(Driver::isEvent).toList();
    }

    @Override
    public void close() {
        program.close();
    }

    private static boolean isEvent(JsonNode line) {
        return line.has("event");
    }
}
