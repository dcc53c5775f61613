package io.greenfinch.interop.methods;

import io.greenfinch.interop.service.Person;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** What is said of whole chats: archived, disappearing, read. Nobody but the caller says it. */
final class ChatMethods implements Area {

    private static final int DAY = 86_400;

    private final Caller caller;

    /** After how many seconds messages of a chat disappear, by its id; empty where nobody knows. */
    private final Map<String, OptionalInt> timers = new HashMap<>();

    ChatMethods(Caller caller) {
        this.caller = caller;
    }

    @Override
    public Calls methods() {
        return new Calls()
                .with("archiveChat", random -> archive("archiveChat", true, random))
                .with("unarchiveChat", random -> archive("unarchiveChat", false, random))
                .with("setDisappearingChat", this::disappear)
                .with("getChats", _ -> caller.query("getChats", "count=5"))
                .with("readChat", this::read);
    }

    private void archive(String method, boolean archived, RandomGenerator random) {
        Chat chat = caller.anyChat(random);
        boolean before = isArchived(chat);
        Told told = caller.post(method, Map.of("chatId", chat.chatId()), "400 ArchiveChatError");
        boolean after = isArchived(chat);
        if (told.done()) {
            caller.hold(after == archived, method, "done, and the phone has it otherwise");
        } else if (!told.unknown()) {
            caller.hold(after == before, method, told + ", and the phone has it otherwise than before");
        }
    }

    private boolean isArchived(Chat chat) {
        Set<String> archived = AppState.of(caller).archived();
        return names(chat).stream().anyMatch(archived::contains);
    }

    private static List<String> names(Chat chat) {
        return chat.group()
                .map(List::of)
                .orElseGet(() -> List.of(
                        chat.people().getFirst().pn(), chat.people().getFirst().lid()));
    }

    private void disappear(RandomGenerator random) {
        Chat chat = caller.anyChat(random);
        int seconds = random.nextBoolean() ? DAY : 0;
        Map<String, Object> body = Map.of("chatId", chat.chatId(), "ephemeralExpiration", seconds);
        Told told = caller.post("setDisappearingChat", body, "502 not-an-admin");
        if (told.done()) {
            timers.put(chat.chatId(), OptionalInt.of(seconds));
            caller.hold(
                    told.json().path("ephemeralExpiration").asInt() == seconds
                            && told.flag("disappearingMessagesInChat") == (seconds > 0),
                    "setDisappearingChat",
                    "another time");
            chat.group()
                    .ifPresent(group -> caller.hold(
                            caller.simulator().group(group).get("ephemeral").asInt() == seconds,
                            "setDisappearingChat",
                            "done, and the group has another time"));
        } else if (told.unknown()) {
            timers.put(chat.chatId(), OptionalInt.empty());
        }
    }

    private void read(RandomGenerator random) {
        Person person = caller.anyPerson(random);
        Told told = caller.post("readChat", Map.of("chatId", person.phone() + "@c.us"));
        caller.hold(!told.done() || told.flag("setRead"), "readChat", "a whole chat was not read");
    }

    @Override
    public List<String> differences() {
        List<String> found = new ArrayList<>();
        Map<String, JsonNode> told = caller.get("getChats")
                .json()
                .valueStream()
                .collect(Collectors.toMap(each -> each.get("id").asString(), each -> each, (one, _) -> one));
        for (Chat chat : caller.chats()) {
            JsonNode shown = told.get(chat.chatId());
            if (shown == null) {
                // A chat in which nothing was written is none.
                if (!chat.taken().isEmpty()) {
                    found.add("getChats: %s is not there".formatted(chat.chatId()));
                }
                continue;
            }
            boolean archived = isArchived(chat);
            if (shown.get("archive").asBoolean() != archived) {
                found.add("getChats: %s is %s".formatted(chat.chatId(), archived ? "archived" : "not archived"));
            }
            int timer = shown.get("ephemeralExpiration").asInt();
            OptionalInt expected = chat.group()
                    .map(group -> OptionalInt.of(
                            caller.simulator().group(group).get("ephemeral").asInt()))
                    .orElseGet(() -> timers.getOrDefault(chat.chatId(), OptionalInt.of(0)));
            if (expected.isPresent() && expected.getAsInt() != timer) {
                found.add("getChats: messages of %s disappear after %d s, not %d"
                        .formatted(chat.chatId(), expected.getAsInt(), timer));
            }
        }
        return found;
    }
}
