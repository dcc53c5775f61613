package io.greenfinch.interop.methods;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/**
 * A change of a group that is asked for.
 *
 * @param flag field of the answer
 * @param body the request, without the group
 * @param is what is to be changed, as the service has it
 * @param wished what it shall be then
 */
record GroupChange(
        String method, String flag, Map<String, Object> body, Function<JsonNode, String> is, Predicate<String> wished) {

    /** Reasons that are about other people, whose place is compared. */
    private static final Set<String> OF_OTHERS = Set.of(
            "already-a-participant",
            "not-a-participant",
            "already-an-admin",
            "participant-is-no-admin",
            "awaits-approval",
            "unchanged");

    /** Asks for it in a room whose turn the caller has, and holds the answer against the group before and after. */
    void ask(Caller caller, Room room) {
        JsonNode group = room.now();
        String before = is.apply(group);
        String rank = Room.rank(group, caller.phone());
        boolean sure = !room.uncertain();
        boolean moving = room.inMotion() || !sure;
        Map<String, Object> whole = new HashMap<>(body);
        whole.put("groupId", room.id);
        Told told = caller.post(method, whole);
        String after = is.apply(room.now());
        if (told.unknown()) {
            room.unknown();
            return;
        }
        String state = "%s (%s), %s before, %s afterwards, was told: %s".formatted(room.id, rank, before, after, told);
        if (told.flag(flag)) {
            caller.hold(!sure || wished.test(after), method, state);
        } else if (!told.reason().equals("partly-done")) {
            caller.hold(!sure || after.equals(before), method, state);
            caller.hold(!told.done() || explains(told.reason(), rank, moving), method, state);
        }
    }

    static boolean explains(String reason, String rank, boolean moving) {
        return switch (reason) {
            case "not-an-admin" -> moving || rank.equals("member");
            case "not-a-member" -> moving || rank.equals("none");
            // Refused for want of rights, and a fault keeps us from looking up which.
            case "not-allowed" -> moving || rank.equals("none") || rank.equals("member");
            default -> OF_OTHERS.contains(reason) || Told.failure(reason);
        };
    }
}
