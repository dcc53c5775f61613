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
    private static final StatusPrivacy CONTACTS = new StatusPrivacy(Rule.CONTACTS, Set.of());

    /** Whom it is about, of those whom the account knows. */
    List<Jid> asked(List<Jid> known) {
        return rule == Rule.ONLY ? List.copyOf(people) : known;
    }

    /**
     * Whether somebody may see one.
     *
     * @param names all names of theirs, as WhatsApp has them
     */
    boolean admits(Set<Jid> names) {
        return rule != Rule.ALL_BUT || names.stream().noneMatch(people::contains);
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
            List<Node> lists = stanza.child("privacy")
                    .map(privacy -> privacy.children("list"))
                    .orElse(List.of());
            Optional<Node> list = lists.stream()
                    .filter(each -> each.is("default", "true"))
                    .findFirst()
                    .or(() -> lists.stream().findFirst());
            // A rule that we do not know is none to post by.
            return list.isEmpty()
                    ? Verdict.done(CONTACTS)
                    : read(list.get()).map(Verdict::done).orElseGet(() -> Verdict.refused(Refusal.NOT_ACCEPTABLE, 0));
        }

        private static Optional<StatusPrivacy> read(Node list) {
            Set<Jid> people = list.children("user").stream()
                    .flatMap(user -> user.jid("jid").stream())
                    .map(Jid::account)
                    .collect(Collectors.toUnmodifiableSet());
            return switch (list.attribute("type").orElse("")) {
                case "contacts" -> Optional.of(CONTACTS);
                case "whitelist" -> Optional.of(new StatusPrivacy(Rule.ONLY, people));
                case "blacklist" -> Optional.of(new StatusPrivacy(Rule.ALL_BUT, people));
                default -> Optional.empty();
            };
        }

        /** Who has never set anything has no list. */
        @Override
        public Verdict<StatusPrivacy> refused(
                Attempt<Node, StatusPrivacy> attempt, Answer.Refused error, long reminder) {
            return error.code() == NOT_FOUND ? Verdict.done(CONTACTS) : error.judged();
        }
    }
}
