package io.greenfinch.client.group;

import io.greenfinch.client.stanza.Answer;
import io.greenfinch.client.stanza.Attempt;
import io.greenfinch.client.stanza.Exchange;
import io.greenfinch.client.stanza.Operation;
import io.greenfinch.client.stanza.Outcome;
import io.greenfinch.client.stanza.Outcome.Done;
import io.greenfinch.client.stanza.Outcome.Refused;
import io.greenfinch.client.stanza.Outcome.Unknown;
import io.greenfinch.client.stanza.Refusal;
import io.greenfinch.client.stanza.Silence;
import io.greenfinch.client.stanza.Verdict;
import io.greenfinch.client.stanza.Wire;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Changes groups and finds out what became of it: after a lost answer the group itself is asked. Thread-safe; blocks its
 * caller until there is an outcome or the deadline has passed.
 */
final class GroupChanges {

    private final Wire wire;
    private final GroupState state;

    GroupChanges(Wire wire, GroupState state) {
        this.wire = wire;
        this.state = state;
    }

    /** As {@link Groups#change(Jid, GroupChange, Instant)}. */
    Outcome<GroupChange> change(Jid group, GroupChange wish, Instant deadline) {
        return change(group, List.of(wish), deadline).getFirst();
    }

    /** The same for one wish, or for several about people that differ in nothing but the person: with one stanza. */
    List<Outcome<GroupChange>> change(Jid group, List<? extends GroupChange> wishes, Instant deadline) {
        Optional<KnownGroup> before = state.certain(group);
        if (before.isEmpty()) {
            // What was the case before must be known, should the answer get lost.
            switch (GroupQuery.of(group, state).ask(wire, deadline)) {
                case Done<KnownGroup>(KnownGroup found) -> before = Optional.of(found);
                case Refused<KnownGroup> refused
                when refused.reason() == Refusal.OTHER -> {} // the request itself will tell
                case Refused<KnownGroup> refused -> {
                    return Collections.nCopies(wishes.size(), new Refused<>(refused.reason(), 0));
                }
                case Unknown<KnownGroup> unknown -> {
                    return Collections.nCopies(wishes.size(), unknown.instead());
                }
            }
        }
        Change change = new Change(group, before);
        Exchange<GroupChange, GroupChange> exchange = Exchange.of(wire, change, List.copyOf(wishes), deadline);
        GroupWatch watch = change.watch(exchange.attempts());
        state.watch(group, watch);
        try {
            return exchange.run();
        } finally {
            state.unwatch(group, watch);
        }
    }

    /** One stanza, and what it is about. */
    private final class Change implements Operation<GroupChange, GroupChange> {

        private final Jid group;
        private final Optional<KnownGroup> before;

        /** The group as it was seen last. */
        private volatile Optional<KnownGroup> seen;

        private volatile boolean sent;

        Change(Jid group, Optional<KnownGroup> before) {
            this.group = group;
            this.before = before;
            this.seen = before;
        }

        /** Once it is sent, a notification that we made the group so proves that it was carried out. */
        GroupWatch watch(List<Attempt<GroupChange, GroupChange>> attempts) {
            return new GroupWatch() {
                @Override
                public void changed(KnownGroup now) {
                    attempts.stream()
                            .filter(attempt -> sent && madeSo(attempt.subject(), now))
                            .forEach(attempt -> attempt.prove(new Done<>(attempt.subject())));
                }
            };
        }

        private boolean madeSo(GroupChange wish, KnownGroup now) {
            return holds(wish, now) && !wasSo(wish).orElse(true);
        }

        private static boolean holds(GroupChange wish, KnownGroup known) {
            return wish.holdsIn(known.group()).orElse(false);
        }

        private boolean allowed(GroupChange wish, KnownGroup known) {
            return state.ownRole(known)
                    .map(role -> wish.allowedTo(role, known.group()))
                    .orElse(!state.excludesUs(known));
        }

        /** Whether the group was as wished when it was seen last; empty when that is not known. */
        private Optional<Boolean> wasSo(GroupChange wish) {
            Optional<KnownGroup> last = seen;
            return last.isEmpty() ? Optional.of(false) : wish.holdsIn(last.get().group());
        }

        @Override
        public List<Batch<GroupChange, GroupChange>> batches(List<Attempt<GroupChange, GroupChange>> open) {
            List<GroupChange> wishes = open.stream().map(Attempt::subject).toList();
            return List.of(new Batch<>(GroupStanzas.change(group, wishes, seen.map(KnownGroup::group)), open));
        }

        /** Of how many people the stanza is: an answer about a single one may use another name. */
        @Override
        public long sent(List<Attempt<GroupChange, GroupChange>> attempts) {
            sent = true;
            return attempts.size();
        }

        @Override
        public Verdict<GroupChange> result(Attempt<GroupChange, GroupChange> attempt, Node stanza, long asked) {
            return ChangeAnswers.result(attempt.subject(), (int) asked, stanza);
        }

        @Override
        public Verdict<GroupChange> refused(
                Attempt<GroupChange, GroupChange> attempt, Answer.Refused error, long asked) {
            return ChangeAnswers.refused(attempt.subject(), error);
        }

        @Override
        public void look(Exchange<GroupChange, GroupChange> exchange, List<Attempt<GroupChange, GroupChange>> refused) {
            Outcome<KnownGroup> told = GroupQuery.of(group, state).ask(exchange, refused);
            Membership membership = Membership.of(told, state);
            Optional<KnownGroup> found = told.done();
            boolean untold =
                    membership == Membership.UNHEARD || (membership == Membership.UNDISCLOSED && found.isEmpty());
            for (Attempt<GroupChange, GroupChange> attempt : refused) {
                int code = attempt.code();
                if (found.filter(known -> holds(attempt.subject(), known)).isPresent()) {
                    attempt.settle(asWished(attempt, found.orElseThrow()));
                } else if (untold) {
                    attempt.settle(new Unknown<>(Silence.UNKNOWN));
                } else {
                    attempt.believe();
                    if (code == 401 || code == 403) {
                        attempt.settle(new Refused<>(membership.whyNot(), code));
                    }
                }
            }
            seen = found.or(() -> seen);
        }

        @Override
        public void settleRefused(
                Exchange<GroupChange, GroupChange> exchange, List<Attempt<GroupChange, GroupChange>> refused) {
            List<Attempt<GroupChange, GroupChange>> unchanged = new ArrayList<>();
            for (Attempt<GroupChange, GroupChange> attempt : refused) {
                if (attempt.told() instanceof Refused<GroupChange> told && told.reason() == Refusal.UNCHANGED) {
                    unchanged.add(attempt);
                } else {
                    attempt.settle(attempt.told());
                }
            }
            List<Attempt<GroupChange, GroupChange>> doubted = unchanged.stream()
                    .filter(attempt -> perhapsOutside(attempt) || perhapsOld(attempt))
                    .toList();
            Optional<KnownGroup> found = doubted.isEmpty()
                    ? Optional.empty()
                    : GroupQuery.of(group, state).ask(exchange, doubted).done();
            unchanged.forEach(attempt -> attempt.settle(unchanged(attempt, found)));
        }

        /** Who is said to be in already was not in when we looked. */
        private boolean perhapsOutside(Attempt<GroupChange, GroupChange> attempt) {
            return attempt.subject() instanceof GroupChange.Member member
                    && member.action() == GroupUpdate.Action.ADD
                    && !wasSo(member).orElse(false);
        }

        /** It was so when we looked, which an earlier stanza may have found otherwise. */
        private boolean perhapsOld(Attempt<GroupChange, GroupChange> attempt) {
            return attempt.unknown()
                    && attempt.subject() instanceof GroupChange.Member member
                    && wasSo(member).orElse(true);
        }

        /** It is so already: whose doing is that, and is it so at all? */
        private Outcome<GroupChange> unchanged(Attempt<GroupChange, GroupChange> attempt, Optional<KnownGroup> found) {
            boolean outside = perhapsOutside(attempt)
                    && found.flatMap(known -> attempt.subject().holdsIn(known.group()))
                            .map(in -> !in)
                            .orElse(false);
            if (outside) {
                // Who can't be added once more although they are not in the group was asked for before.
                return new Refused<>(Refusal.AWAITS_APPROVAL, attempt.code());
            }
            if (perhapsOld(attempt) && !found.map(this::sameMembers).orElse(false)) {
                return new Unknown<>(Silence.UNKNOWN);
            }
            return attempt.unknown() ? unchangedAfterAll(attempt.subject(), attempt.told()) : attempt.told();
        }

        /** What a repeated stanza finds done was done by the one before, unless it was so when we looked. */
        private Outcome<GroupChange> unchangedAfterAll(GroupChange wish, Outcome<GroupChange> told) {
            return wasSo(wish).map(so -> so ? told : new Done<>(wish)).orElseGet(() -> new Unknown<>(Silence.UNKNOWN));
        }

        @Override
        public void explain(
                Exchange<GroupChange, GroupChange> exchange, List<Attempt<GroupChange, GroupChange>> refused) {
            Membership membership = GroupQuery.of(group, state).membership(exchange, refused);
            refused.forEach(attempt -> attempt.settle(new Refused<>(membership.whyNot(), attempt.code())));
        }

        @Override
        public void verify(
                Exchange<GroupChange, GroupChange> exchange, List<Attempt<GroupChange, GroupChange>> unsure) {
            if (GroupQuery.of(group, state).ask(exchange, unsure) instanceof Done<KnownGroup>(KnownGroup found)) {
                unsure.stream()
                        .filter(attempt -> holds(attempt.subject(), found))
                        .forEach(attempt -> attempt.settle(asWished(attempt, found)));
                seen = Optional.of(found);
            } else {
                // It may have been done before we were taken out.
                unsure.forEach(attempt -> attempt.settle(new Unknown<>(Silence.UNKNOWN)));
            }
        }

        /**
         * The group is as wished. That is our doing if it was not so before; where we have no right to it, and had none, it is
         * others'. If it was so before, by what we knew, that knowledge may have been old: of members the version tells.
         */
        private Outcome<GroupChange> asWished(Attempt<GroupChange, GroupChange> attempt, KnownGroup found) {
            GroupChange wish = attempt.subject();
            boolean allowedBefore = before.map(known -> allowed(wish, known)).orElse(true);
            if (!allowedBefore && !allowed(wish, found)) {
                return new Refused<>(Refusal.NOT_AN_ADMIN, attempt.code());
            }
            boolean sure = !(wish instanceof GroupChange.Member) || sameMembers(found);
            return wasSo(wish).orElse(false) && !sure
                    ? new Unknown<>(Silence.UNKNOWN)
                    : unchangedAfterAll(wish, new Refused<>(Refusal.UNCHANGED, attempt.code()));
        }

        private boolean sameMembers(KnownGroup found) {
            return !found.version().isEmpty() && seen.map(KnownGroup::version).equals(Optional.of(found.version()));
        }

        @Override
        public Outcome<GroupChange> inVain(Attempt<GroupChange, GroupChange> attempt) {
            boolean asBefore = attempt.code() != 0 && wasSo(attempt.subject()).isPresent();
            return asBefore ? new Refused<>(Refusal.SERVER_ERROR, attempt.code()) : new Unknown<>(Silence.UNKNOWN);
        }
    }
}
