package io.greenfinch.client.message;

import io.greenfinch.client.stanza.Answer;
import io.greenfinch.client.stanza.Attempt;
import io.greenfinch.client.stanza.Question;
import io.greenfinch.client.stanza.Refusal;
import io.greenfinch.client.stanza.Verdict;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Who may see the status updates of an account as a rule (specification §25).
 *
 * @param rule how {@code people} are meant
 */
record StatusPrivacy(Rule rule, Set<Jid> people) {

    /** How the people of the list are meant. */
    enum Rule {
        CONTACTS,
        ONLY,
        ALL_BUT
    }

    private static final int NOT_FOUND = 404;
    private static final int TOO_MANY = 429;
    private static final StatusPrivacy CONTACTS = new StatusPrivacy(Rule.CONTACTS, Set.of());

    /**
     * Those who may see one.
     *
     * @param known whom the account knows
     * @param names all names of somebody
     */
    List<Jid> of(List<Jid> known, Names names) {
        return switch (rule) {
            case CONTACTS -> known;
            case ONLY -> List.copyOf(people);
            case ALL_BUT ->
                known.stream()
                        .filter(person -> names.of(person).stream().noneMatch(people::contains))
                        .toList();
        };
    }

    /** Tells the names that somebody goes by. */
    interface Names {
        Set<Jid> of(Jid person);
    }

    /** Asks for it. */
    static final class Inquiry implements Question<StatusPrivacy> {

        static Node stanza() {
            return Node.element("iq")
                    .attribute("to", Jid.SERVER)
                    .attribute("type", "get")
                    .attribute("xmlns", "status")
                    .child(Node.empty("privacy"))
                    .build();
        }

        @Override
        public Verdict<StatusPrivacy> result(Attempt<Node, StatusPrivacy> attempt, Node stanza, long reminder) {
            Optional<List<Node>> lists = stanza.child("privacy").map(privacy -> privacy.children("list"));
            if (lists.isEmpty()) {
                return new Verdict.Verify<>(0);
            }
            return Verdict.done(lists.get().stream()
                    .filter(list -> list.is("default", "true"))
                    .findFirst()
                    .or(() -> lists.get().stream().findFirst())
                    .map(Inquiry::read)
                    .orElse(CONTACTS));
        }

        private static StatusPrivacy read(Node list) {
            Set<Jid> people = list.children("user").stream()
                    .flatMap(user -> user.jid("jid").stream())
                    .map(Jid::account)
                    .collect(Collectors.toUnmodifiableSet());
            return switch (list.attribute("type").orElse("")) {
                case "whitelist" -> new StatusPrivacy(Rule.ONLY, people);
                case "blacklist" -> new StatusPrivacy(Rule.ALL_BUT, people);
                default -> CONTACTS;
            };
        }

        /** Who has never set anything has no list. */
        @Override
        public Verdict<StatusPrivacy> refused(
                Attempt<Node, StatusPrivacy> attempt, Answer.Refused error, long reminder) {
            return switch (error.code()) {
                case NOT_FOUND -> Verdict.done(CONTACTS);
                case TOO_MANY -> Verdict.limited(error.backoff());
                default -> Verdict.refused(Refusal.OTHER, error.code());
            };
        }
    }
}
