package io.greenfinch.client.group;

import io.greenfinch.client.stanza.Answer;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the answers to {@link GroupStanzas} say. A result without the expected content is no success. */
public final class GroupAnswers {

    private GroupAnswers() {}

    /** The metadata in the answer to a query, whoever is listed in it. */
    public static Optional<KnownGroup> queried(Answer answer, Jid group) {
        return answer instanceof Answer.Result(Node stanza) ? metadata(stanza, group) : Optional.empty();
    }

    /** The metadata in the result of a query. */
    static Optional<KnownGroup> metadata(Node result, Jid group) {
        return result.child("group").flatMap(node -> GroupParser.parse(node, group));
    }

    /** True when this answer to a query says that we are not in the group. */
    static boolean saysOutside(Answer answer) {
        return answer instanceof Answer.Refused refused
                && (refused.code() == 403 || refused.code() == 404 || refused.code() == 410);
    }

    /** All groups in the answer to {@link GroupStanzas#participating}; empty when it is no list. */
    public static Optional<List<KnownGroup>> participating(Answer answer) {
        return answer instanceof Answer.Result(Node stanza) ? listed(stanza) : Optional.empty();
    }

    /** All groups in the result of {@link GroupStanzas#participating}; empty when it is no list. */
    static Optional<List<KnownGroup>> listed(Node result) {
        return result.child("groups").map(groups -> {
            List<KnownGroup> known = new ArrayList<>();
            for (Node group : groups.children("group")) {
                GroupParser.parse(group).ifPresent(known::add);
            }
            return known;
        });
    }

    /** The group in the answer to a {@linkplain NewGroup#stanza creation}. */
    static Optional<KnownGroup> created(Node result) {
        return result.child("group").flatMap(GroupParser::parse);
    }

    /** Those whom a {@linkplain NewGroup#stanza creation} could not add, with the code of each (specification §16.3). */
    static List<CreatedGroup.Missing> missing(Node result) {
        List<CreatedGroup.Missing> missing = new ArrayList<>();
        for (Node participant : result.child("group")
                .map(group -> group.children("participant"))
                .orElse(List.of())) {
            int code = Answer.code(participant, "error");
            if (code != 0 && code != 200) {
                GroupParser.person(participant)
                        .ifPresent(person -> missing.add(new CreatedGroup.Missing(person, code)));
            }
        }
        return missing;
    }

    /**
     * The element about this very person in an answer that has one for each. Where only one was asked about, it may name them
     * by the name that we did not use.
     */
    public static Optional<Node> about(Jid person, int asked, List<Node> participants) {
        for (Node each : participants) {
            Optional<Person> named = GroupParser.person(each);
            if (named.isPresent()
                    && (named.get().is(person) || (asked == 1 && onlyOne(participants, person, named.get())))) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }

    private static boolean onlyOne(List<Node> participants, Jid asked, Person named) {
        boolean comparable = (asked.isPn() ? named.pn() : named.lid()).isPresent();
        return participants.size() == 1 && !comparable;
    }
}
