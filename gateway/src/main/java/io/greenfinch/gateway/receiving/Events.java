package io.greenfinch.gateway.receiving;

import io.greenfinch.gateway.http.ApiMethod;
import io.greenfinch.gateway.http.Call;
import io.greenfinch.gateway.http.Descriptor;
import io.greenfinch.gateway.http.Descriptor.Trait;
import io.greenfinch.gateway.http.EventStream;
import io.greenfinch.gateway.http.Field;
import io.greenfinch.gateway.http.FieldType;
import io.greenfinch.gateway.http.Json;
import io.greenfinch.gateway.http.Reply;
import io.greenfinch.gateway.http.Shape;
import io.greenfinch.gateway.instance.ApiToken;
import io.greenfinch.gateway.instance.Instance;
import io.greenfinch.gateway.instance.Instances;
import io.greenfinch.gateway.notification.EventLog;
import io.greenfinch.gateway.notification.EventLog.Awaited;
import io.greenfinch.gateway.store.EventLogTable;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Everything that happens in an instance as a stream of server-sent events, from now on or from where the caller was before.
 * An extension of ours.
 */
public record Events(Instances instances, EventLog log) implements ApiMethod.OfInstance {

    /** A stream that has been silent for this long is pinged, and looked at whether it is still allowed. */
    private static final Duration SILENCE = Duration.ofSeconds(10);

    private static final Field<Optional<Long>> LAST =
            Field.optional("lastEventId", FieldType.integer(0, Long.MAX_VALUE));

    @Override
    public Descriptor descriptor() {
        return Descriptor.get("events", 10)
                .taking(LAST)
                .with(Trait.STREAM)
                .answering(Shape.ANY.with("type", Json.of("object")));
    }

    @Override
    public Reply handle(Call call, Instance instance) {
        Optional<Long> asked = call.get(LAST);
        // Whoever has the head of the answer misses nothing from then on.
        long now = log.end(instance.id());
        return Reply.events(instance.id(), stream -> follow(stream, instance, call.token(), asked.orElse(now)));
    }

    private void follow(EventStream stream, Instance instance, ApiToken token, long from) {
        long id = instance.id();
        Follower follower = new Follower(stream, start(stream, from));
        if (!follower.complete(log.begin(id), log.end(id)) || !stream.stand(Long.toString(follower.position))) {
            return;
        }
        try (EventLog.Tail tail = log.follow(id, follower.position)) {
            while (instance.deleted().isEmpty() && instances.admits(instance, token.text())) {
                boolean heard = switch (tail.await(SILENCE)) {
                    case Awaited.Found found -> found.entries().stream().allMatch(follower::send);
                    case Awaited.Nothing nothing -> stream.ping();
                    case Awaited.Over over -> false;
                };
                if (!heard) {
                    return;
                }
            }
        }
    }

    /** Behind what the caller has seen last; an id that is none of ours is before everything. */
    private static long start(EventStream stream, long from) {
        return stream.lastId().map(text -> number(text).orElse(-1)).orElse(from);
    }

    private static OptionalLong number(String text) {
        return text.matches("[0-9]{1,18}") ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
    }

    /** Somebody who reads the log, and how far. */
    private static final class Follower {

        private final EventStream stream;
        private long position;

        Follower(EventStream stream, long position) {
            this.stream = stream;
            this.position = position;
        }

        /** Tells of what is missing between where it stands and what the log still has. */
        boolean complete(long begin, long end) {
            return (position >= begin && position <= end) || gap(begin);
        }

        boolean send(EventLogTable.Entry entry) {
            if (entry.begin() > position && !gap(entry.begin())) {
                return false;
            }
            position = entry.position();
            return stream.send(Long.toString(position), entry.kind(), new String(entry.body(), StandardCharsets.UTF_8));
        }

        private boolean gap(long to) {
            position = to;
            return stream.send(Long.toString(to), EventLogTable.GAP, "{}");
        }
    }
}
