package io.greenfinch.gateway.chat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What later messages have done to one (green-api.md §7.1). Immutable.
 *
 * @param editedBy the id of the message that gave it another text
 * @param editedAt when that was, by its sender's clock, in milliseconds
 * @param deletedBy the id of the message that took it back
 * @param votes of a poll, by who voted
 */
public record JournalMarks(
        Optional<String> editedBy, long editedAt, Optional<String> deletedBy, Map<String, Vote> votes) {

    /** Nothing was done. */
    public static final JournalMarks NONE = new JournalMarks(Optional.empty(), 0, Optional.empty(), Map.of());

    /**
     * A vote; the latest of somebody counts.
     *
     * @param options the names of what was chosen
     * @param millis when, by the voter's clock
     */
    public record Vote(List<String> options, long millis) {
        @Override
        public String toString() {
            return "Vote[hidden]";
        }
    }

    /** Edited by this message. */
    public JournalMarks edited(String id, long millis) {
        return new JournalMarks(Optional.of(id), millis, deletedBy, votes);
    }

    /** Taken back by this message. */
    public JournalMarks deleted(String id) {
        return new JournalMarks(editedBy, editedAt, Optional.of(id), votes);
    }

    /**
     * With somebody's vote, unless a later one is there.
     *
     * @param names all names that the voter goes by, {@code voter} among them
     */
    public JournalMarks voted(String voter, Set<String> names, Vote vote) {
        boolean later = names.stream().map(votes::get).anyMatch(known -> known != null && known.millis > vote.millis);
        if (later) {
            return this;
        }
        Map<String, Vote> all = new LinkedHashMap<>(votes);
        all.keySet().removeAll(names);
        all.put(voter, vote);
        return new JournalMarks(editedBy, editedAt, deletedBy, all);
    }

    void writeTo(ObjectNode journal) {
        editedBy.ifPresent(id -> journal.put("isEdited", true).put("editedMessageId", id));
        deletedBy.ifPresent(id -> journal.put("isDeleted", true).put("deletedMessageId", id));
    }

    /** Nothing where nothing was done. */
    Optional<ObjectNode> stored() {
        if (equals(NONE)) {
            return Optional.empty();
        }
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        editedBy.ifPresent(id -> node.put("edited", id).put("editedAt", editedAt));
        deletedBy.ifPresent(id -> node.put("deleted", id));
        ObjectNode all = node.putObject("votes");
        votes.forEach((voter, vote) -> {
            ObjectNode one = all.putObject(voter).put("at", vote.millis);
            vote.options.forEach(one.putArray("options")::add);
        });
        return Optional.of(node);
    }

    static JournalMarks of(JsonNode stored) {
        if (!stored.isObject()) {
            return NONE;
        }
        Map<String, Vote> votes = new LinkedHashMap<>();
        stored.path("votes").properties().forEach(each -> {
            List<String> options = new ArrayList<>();
            each.getValue().path("options").forEach(option -> options.add(option.asString("")));
            votes.put(
                    each.getKey(), new Vote(options, each.getValue().path("at").asLong(0)));
        });
        return new JournalMarks(
                text(stored, "edited"), stored.path("editedAt").asLong(0), text(stored, "deleted"), votes);
    }

    private static Optional<String> text(JsonNode stored, String name) {
        return Optional.of(stored.path(name)).filter(JsonNode::isString).map(JsonNode::stringValue);
    }

    /** Who voted stays out of logs. */
    @Override
    public String toString() {
        return "JournalMarks[" + votes.size() + " votes]";
    }
}
