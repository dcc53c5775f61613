package io.greenfinch.client.group;

import io.greenfinch.client.group.CreateOutcome.RefusedParticipant;
import io.greenfinch.client.stanza.Answer;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the answers to {@link GroupRequests} say. A result without the expected content is no success. */
public final class GroupAnswers {

    private GroupAnswers() {}

    /** The metadata in the answer to a query, whoever is listed in it. */
    public static Optional<KnownGroup> queried(Answer answer, Jid group) {
        return answer instanceof Answer.Result result
                ? result.iq().child("group").flatMap(node -> GroupParser.parse(node, group))
                : Optional.empty();
    }

    /** All groups in the answer to {@link GroupRequests#participating}; empty when it is no list. */
    public static Optional<List<KnownGroup>> participating(Answer answer) {
        if (!(answer instanceof Answer.Result result)) {
            return Optional.empty();
        }
        return result.iq().child("groups").map(groups -> {
            List<KnownGroup> known = new ArrayList<>();
            for (Node group : groups.children("group")) {
                GroupParser.parse(group).ifPresent(known::add);
            }
            return known;
        });
    }

    /** The group in the answer to {@link GroupRequests#create}. */
    public static Optional<KnownGroup> created(Answer answer) {
        return answer instanceof Answer.Result result
                ? result.iq().child("group").flatMap(GroupParser::parse)
                : Optional.empty();
    }

    /** Those whom {@link GroupRequests#create} could not add, with the code of each (specification §16.3). */
    public static List<RefusedParticipant> refused(Answer answer) {
        List<RefusedParticipant> refused = new ArrayList<>();
        if (answer instanceof Answer.Result result) {
            for (Node participant : result.iq()
                    .child("group")
                    .map(group -> group.children("participant"))
                    .orElse(List.of())) {
                int code = Answer.code(participant, "error");
                if (code != 0 && code != 200) {
                    GroupParser.person(participant)
                            .ifPresent(person -> refused.add(new RefusedParticipant(person, code)));
                }
            }
        }
        return refused;
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

    /** What an answer without content means to a caller; a request whose connection was lost has an unknown outcome. */
    public static Silence silence(Answer answer) {
        return switch (answer) {
            case Answer.NotSent none -> Silence.NOT_SENT;
            case Answer.NotLinked none -> Silence.NOT_LINKED;
            case Answer.Refused refused when refused.code() == 429 -> Silence.RATE_LIMITED;
            case Answer.Refused refused -> Silence.UNKNOWN;
            case Answer.Result result -> Silence.UNKNOWN;
            case Answer.Lost lost -> Silence.UNKNOWN;
            case Answer.Unanswered none -> Silence.UNKNOWN;
        };
    }
}
