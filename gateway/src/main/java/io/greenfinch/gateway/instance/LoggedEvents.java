package io.greenfinch.gateway.instance;

import io.greenfinch.client.SessionEvent;
import io.greenfinch.client.SessionStatus;
import io.greenfinch.client.group.Person;
import io.greenfinch.gateway.notification.LoggedEvent;
import io.greenfinch.protocol.binary.Jid;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What stands in the log of events about events of sessions: a form of our own, with the addresses that WhatsApp uses. */
final class LoggedEvents {

    private LoggedEvents() {}

    /** The state of the instance is another one. */
    static LoggedEvent state(long number, InstanceState state, Optional<SessionStatus> status, Instant at) {
        ObjectNode body = dated(at).put("stateInstance", state.wire());
        status.flatMap(LoggedEvents::cause).ifPresent(cause -> body.put("cause", cause));
        return new LoggedEvent(
                "state", List.of("state", Long.toString(number), Long.toString(at.toEpochMilli())), at, body);
    }

    /** The connection was lost, or is there again. */
    static LoggedEvent connection(SessionStatus status, Instant at) {
        ObjectNode body = dated(at).put("online", status.online());
        Optional<String> cause = cause(status);
        cause.ifPresent(word -> body.put("cause", word));
        List<String> words =
                List.of("connection", status.phase().name(), cause.orElse(""), Long.toString(at.toEpochMilli()));
        return new LoggedEvent("connection", words, at, body);
    }

    /** Why the connection does not work; empty while it does. */
    static Optional<String> cause(SessionStatus status) {
        return status.online()
                ? Optional.empty()
                : status.lastDisconnect().map(disconnect -> disconnect.cause().word());
    }

    static LoggedEvent of(SessionEvent.GroupMembersChanged event) {
        String action = word(event.action());
        ObjectNode body = dated(event.at())
                .put("groupId", event.group().toString())
                .put("action", action)
                .put("self", event.self());
        event.actor().ifPresent(actor -> body.set("actor", node(actor)));
        ArrayNode affected = body.putArray("participants");
        event.affected().forEach(person -> affected.add(node(person)));
        List<String> words = new ArrayList<>(List.of(action, name(event.actor())));
        event.affected().forEach(person -> words.add(name(Optional.of(person))));
        return logged("group-members", event, event.group(), body, words.toArray(String[]::new));
    }

    static LoggedEvent of(SessionEvent.GroupChanged event) {
        ObjectNode body = dated(event.at()).put("groupId", event.group().toString());
        return logged("group", event, event.group(), body);
    }

    static LoggedEvent of(SessionEvent.PictureChanged event) {
        ObjectNode body = dated(event.at()).put("chatId", event.subject().toString());
        event.author().ifPresent(author -> body.set("author", node(author)));
        event.id().ifPresent(id -> body.put("picture", id));
        return logged("picture", event, event.subject(), body, event.id().orElse(""));
    }

    static LoggedEvent of(SessionEvent.IdentityChanged event) {
        ObjectNode body = dated(event.at()).put("chatId", event.account().toString());
        return logged("identity", event, event.account(), body);
    }

    private static LoggedEvent logged(String kind, SessionEvent event, Jid about, ObjectNode body, String... more) {
        // The stanza's own time is the same when it is sent again.
        Stream<String> words =
                Stream.of(kind, about.toString(), Long.toString(event.at().toEpochMilli()));
        return new LoggedEvent(kind, Stream.concat(words, Arrays.stream(more)).toList(), event.at(), body);
    }

    private static ObjectNode dated(Instant at) {
        return JsonNodeFactory.instance.objectNode().put("timestamp", at.getEpochSecond());
    }

    private static ObjectNode node(Person person) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        person.pn().ifPresent(pn -> node.put("pn", pn.toString()));
        person.lid().ifPresent(lid -> node.put("lid", lid.toString()));
        person.other().ifPresent(other -> node.put("id", other.toString()));
        return node;
    }

    private static String name(Optional<Person> person) {
        return person.flatMap(known -> known.pn().or(known::lid).or(known::other))
                .map(Jid::toString)
                .orElse("");
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
