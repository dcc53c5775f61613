package io.greenfinch.interop.methods;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * What an account's phone knows of the state that its devices share, whoever wrote it.
 *
 * @param contacts full names, by JID
 * @param archived JIDs of chats
 * @param deletions ids of messages that were deleted on the account's own devices
 * @param broken whether somebody wrote what could not be applied
 */
record AppState(Map<String, String> contacts, Set<String> archived, Set<String> deletions, boolean broken) {

    static AppState of(Caller caller) {
        AppState state = new AppState(new HashMap<>(), new HashSet<>(), new HashSet<>(), false);
        boolean broken = false;
        for (JsonNode collection : caller.simulator().appState(caller.phone())) {
            broken |= collection.get("broken").asBoolean();
            collection.get("entries").forEach(state::add);
        }
        return new AppState(state.contacts, state.archived, state.deletions, broken);
    }

    private void add(JsonNode entry) {
        String about = entry.at("/index/1").asString("");
        switch (entry.at("/index/0").asString("")) {
            case "contact" -> contacts.put(about, entry.path("fullName").asString(""));
            case "archive" -> {
                if (entry.path("on").asBoolean(false)) {
                    archived.add(about);
                }
            }
            case "deleteMessageForMe" -> deletions.add(entry.path("id").asString(""));
            default -> {
                // names, pins and the like are not what is asked here
            }
        }
    }
}
