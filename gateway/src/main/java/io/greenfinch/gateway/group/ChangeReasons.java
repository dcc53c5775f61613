package io.greenfinch.gateway.group;

import io.greenfinch.client.group.GroupChange;
import io.greenfinch.client.group.GroupUpdate.Action;
import io.greenfinch.client.stanza.Outcome;
import io.greenfinch.client.stanza.Refusal;
import java.util.Locale;

/** The words of {@code Greenfinch-Reason} for changes of groups that WhatsApp did not make (docs/deviations.md). */
final class ChangeReasons {

    private ChangeReasons() {}

    /** For everything that is not about a person. */
    static String of(Outcome.Refused<GroupChange> refused) {
        return switch (refused.reason()) {
            case UNCHANGED -> "unchanged";
            case SERVER_ERROR -> "refused-" + refused.code();
            default -> word(refused.reason());
        };
    }

    /** For what was to happen to a person. */
    static String of(Outcome.Refused<GroupChange> refused, Action action) {
        if (refused.reason() != Refusal.UNCHANGED) {
            return of(refused);
        }
        return switch (action) {
            case ADD -> "already-a-participant";
            case REMOVE -> "not-a-participant";
            case PROMOTE -> "already-an-admin";
            case DEMOTE -> "participant-is-no-admin";
        };
    }

    private static String word(Refusal reason) {
        return reason.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
