package io.greenfinch.simulator.account;

import java.util.List;
import java.util.Optional;

/**
 * Who may see an account's status updates as a rule (specification §25). Immutable.
 *
 * @param people whom the rule names
 */
public record StatusPrivacy(Rule rule, List<SimulatedAccount> people) {

    /** What every account has that has never set anything. */
    public static final StatusPrivacy STANDARD = new StatusPrivacy(Rule.CONTACTS, List.of());

    public StatusPrivacy {
        people = List.copyOf(people);
    }

    /** How the people are meant. */
    public enum Rule {
        CONTACTS("contacts"),
        ONLY("whitelist"),
        ALL_BUT("blacklist");

        private final String word;

        Rule(String word) {
            this.word = word;
        }

        /** The name in stanzas. */
        public String word() {
            return word;
        }

        /** The rule of this name. */
        public static Optional<Rule> of(String word) {
            return List.of(values()).stream()
                    .filter(rule -> rule.word.equals(word))
                    .findFirst();
        }
    }
}
