package io.greenfinch.interop.methods;

import io.greenfinch.interop.service.Person;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** Holds what journals say of messages against what phones have shown, and the other way round. */
final class Reckoning {

    private static final int WHOLE_CHAT = 10_000;
    private static final Set<String> SENT = Set.of("sent", "delivered", "read");

    private final Screens screens;
    private final Map<String, Caller> linked;

    Reckoning(Screens screens, List<Caller> callers) {
        this.screens = screens;
        this.linked = callers.stream().collect(Collectors.toMap(Caller::phone, caller -> caller));
    }

    /** Every difference in what a caller has sent, as a sentence. */
    List<String> differences(Caller caller) {
        List<String> found = new ArrayList<>();
        Map<String, Set<String>> known = new HashMap<>();
        for (Chat chat : caller.chats()) {
            Map<String, JsonNode> journal = journal(caller, chat.chatId());
            Set<String> ids = known.computeIfAbsent(chat.group().orElse(""), _ -> new HashSet<>());
            chat.taken().forEach(message -> ids.add(message.id()));
            journal.values().stream()
                    .map(item -> item.path("deletedMessageId").asString(""))
                    .forEach(ids::add);
            readers(caller, chat).forEach(person -> compare(caller, chat, journal, person, found));
            chat.people().stream()
                    .flatMap(person -> Optional.ofNullable(linked.get(person.phone())).stream())
                    .forEach(reader -> compare(chat, journal, caller, reader, found));
        }
        for (Chat chat : caller.chats()) {
            String group = chat.group().orElse("");
            for (Person person : readers(caller, chat)) {
                screens.of(person).from(caller.account(), group).stream()
                        .filter(id -> !known.getOrDefault(group, Set.of()).contains(id))
                        .filter(id ->
                                !person.equals(caller.account()) || chat.group().isPresent())
                        .forEach(id -> found.add(
                                "%s: %s shows %s, which nobody has sent".formatted(chat.name(), person.name(), id)));
            }
        }
        return found;
    }

    private static List<Person> readers(Caller caller, Chat chat) {
        return Stream.concat(chat.people().stream(), Stream.of(caller.account()))
                .toList();
    }

    private static Map<String, JsonNode> journal(Caller caller, String chatId) {
        return caller.post("getChatHistory", Map.of("chatId", chatId, "count", WHOLE_CHAT))
                .json()
                .valueStream()
                .collect(Collectors.toMap(item -> item.get("idMessage").asString(), item -> item));
    }

    private void compare(Caller caller, Chat chat, Map<String, JsonNode> journal, Person person, List<String> found) {
        Screens.Screen screen = screens.of(person);
        String group = chat.group().orElse("");
        List<String> expected = new ArrayList<>();
        for (SentMessage message : chat.taken()) {
            String where = "%s, %s: %s".formatted(chat.name(), person.name(), message);
            JsonNode item = journal.get(message.id());
            if (item == null) {
                found.add(where + " is not in the journal");
                continue;
            }
            String status = item.path("statusMessage").asString("none");
            boolean sent = SENT.contains(status);
            if (!sent && !status.equals("failed")) {
                found.add(where + " is " + status);
            } else if (sent && !screen.shows(message, group)) {
                found.add("%s is %s and shown as %s"
                        .formatted(where, status, screen.has(message.id()) ? "something else" : "nothing"));
            } else if (!sent && screen.has(message.id())) {
                found.add(where + " is failed and shown");
            }
            if (!message.type().isEmpty()
                    && !message.type().equals(item.get("typeMessage").asString())) {
                found.add("%s has the type %s".formatted(where, item.get("typeMessage")));
            }
            String deletion = item.path("deletedMessageId").asString("");
            if (!deletion.isEmpty() && !screen.text(deletion).equals("deleted a message")) {
                found.add(where + " is deleted in the journal, and not there");
            }
            if (sent) {
                expected.add(message.id());
            }
        }
        List<String> shown = new ArrayList<>(screen.from(caller.account(), group));
        shown.retainAll(new HashSet<>(expected));
        expected.retainAll(new HashSet<>(shown));
        screen.again().stream()
                .filter(expected::contains)
                .forEach(id -> found.add("%s: %s shows %s twice".formatted(chat.name(), person.name(), id)));
        if (!shown.equals(expected)) {
            found.add("%s: %s shows messages in another order".formatted(chat.name(), person.name()));
        }
    }

    /** What one of our accounts has sent against the journal of another that got it. */
    private static void compare(
            Chat chat, Map<String, JsonNode> journal, Caller caller, Caller reader, List<String> found) {
        Map<String, JsonNode> theirs = journal(reader, chat.group().orElse(caller.phone() + "@c.us"));
        for (SentMessage message : chat.taken()) {
            JsonNode ours = journal.getOrDefault(message.id(), MissingNode.getInstance());
            boolean sent = SENT.contains(ours.path("statusMessage").asString(""));
            JsonNode item = theirs.getOrDefault(message.id(), MissingNode.getInstance());
            String where = "%s, journal of %s: %s"
                    .formatted(chat.name(), reader.account().name(), message);
            if (item.isMissingNode() == sent) {
                found.add(where + (sent ? " is not there" : " is there, and was not sent"));
            } else if (!item.isMissingNode()
                    && item.path("isDeleted").asBoolean(false)
                            != ours.path("isDeleted").asBoolean(false)) {
                found.add(where + " is deleted in one of two journals");
            } else if (!item.isMissingNode()
                    && !message.isText()
                    && !message.type().isEmpty()
                    && !item.get("typeMessage").asString().equals(message.type())) {
                found.add("%s has the type %s".formatted(where, item.get("typeMessage")));
            }
        }
    }

    /** What people have written and a journal does not have as it is. */
    List<String> differences(List<People.Written> written) {
        List<String> found = new ArrayList<>();
        Map<String, Map<String, JsonNode>> journals = new HashMap<>();
        for (People.Written each : written) {
            JsonNode item = journals.computeIfAbsent(
                            each.to.instance() + " " + each.chatId, _ -> journal(each.to, each.chatId))
                    .get(each.id);
            String where = "journal of %s: %s of %s".formatted(each.to.account().name(), each.id, each.from.name());
            if (item == null) {
                found.add(where + " is not there");
            } else if (item.path("isDeleted").asBoolean(false) != each.deleted) {
                found.add("%s was %s deleted".formatted(where, each.deleted ? "" : "not"));
            } else if (!each.deleted && !item.path("textMessage").asString("").equals(each.text)) {
                found.add(where + " has another text");
            }
        }
        return found;
    }
}
