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

    /** As {@link Groups#change}. */
    Outcome<GroupChange> change(Jid group, GroupChange wish, Instant deadline) {
        Optional<KnownGroup> before = state.certain(group);
        if (before.isEmpty()) {
            // What was the case before must be known, should the answer get lost.
            switch (GroupQuery.of(group, state).ask(wire, deadline)) {
                case Done<KnownGroup>(KnownGroup found) -> before = Optional.of(found);
                case Refused<KnownGroup> refused
                when refused.reason() == Refusal.OTHER -> {} // the request itself will tell
                case Refused<KnownGroup> refused -> {
                    return new Refused<>(refused.reason(), 0);
                }
                case Unknown<KnownGroup> unknown -> {
                    return unknown.instead();
                }
            }
        }
        Change change = new Change(group, wish, before);
        Exchange<Jid, GroupChange> exchange = Exchange.of(wire, change, List.of(group), deadline);
        GroupWatch watch = change.watch(exchange.attempts().getFirst());
        state.watch(group, watch);
        try {
            return exchange.run().getFirst();
        } finally {
            state.unwatch(group, watch);
        }
    }

    /** One change. */
    private final class Change implements Operation<Jid, GroupChange> {

        private final Jid group;
        private final GroupChange wish;
        private final boolean allowedBefore;

        /** The group as it was seen last. */
        private volatile Optional<KnownGroup> seen;

        private volatile boolean sent;

        Change(Jid group, GroupChange wish, Optional<KnownGroup> before) {
            this.group = group;
            this.wish = wish;
            this.seen = before;
            this.allowedBefore = before.map(this::allowed).orElse(true);
        }

        /** Once it is sent, a notification that we made the group so proves that it was carried out. */
        GroupWatch watch(Attempt<Jid, GroupChange> attempt) {
            return new GroupWatch() {
                @Override
                public void changed(KnownGroup now) {
                    boolean byThis = sent && wish.holdsIn(now.group()).orElse(false) && !wasSo().orElse(true);
                    if (byThis) {
                        attempt.prove(new Done<>(wish));
                    }
                }
            };
        }

        private boolean allowed(KnownGroup known) {
            return state.ownRole(known)
                    .map(role -> wish.allowedTo(role, known.group()))
                    .orElse(!state.excludesUs(known));
        }

        /** Whether the group was as wished when it was seen last; empty when that is not known. */
        private Optional<Boolean> wasSo() {
            Optional<KnownGroup> last = seen;
            return last.isEmpty() ? Optional.of(false) : wish.holdsIn(last.get().group());
        }

        @Override
        public List<Batch<Jid, GroupChange>> batches(List<Attempt<Jid, GroupChange>> open) {
            return List.of(new Batch<>(GroupStanzas.change(group, wish, seen.map(KnownGroup::group)), open));
        }

        @Override
        public long sent(List<Attempt<Jid, GroupChange>> attempts) {
            sent = true;
            return 0;
        }

        @Override
        public Verdict<GroupChange> result(Attempt<Jid, GroupChange> attempt, Node stanza, long reminder) {
            return ChangeAnswers.result(wish, stanza);
        }

        @Override
        public Verdict<GroupChange> refused(Attempt<Jid, GroupChange> attempt, Answer.Refused error, long reminder) {
            return ChangeAnswers.refused(wish, error);
        }

        @Override
        public void look(Exchange<Jid, GroupChange> exchange, List<Attempt<Jid, GroupChange>> refused) {
            Attempt<Jid, GroupChange> attempt = refused.getFirst();
            Outcome<KnownGroup> told = GroupQuery.of(group, state).ask(exchange, refused);
            Membership membership = Membership.of(told, state);
            Optional<KnownGroup> found = told.done();
            int code = attempt.code();
            if (found.flatMap(known -> wish.holdsIn(known.group())).orElse(false)) {
                attempt.settle(asWished(found.orElseThrow(), code));
            } else if (membership == Membership.UNHEARD || (membership == Membership.UNDISCLOSED && found.isEmpty())) {
                attempt.settle(new Unknown<>(Silence.UNKNOWN));
            } else {
                attempt.believe();
                seen = found.or(() -> seen);
                if (code == 401 || code == 403) {
                    attempt.settle(new Refused<>(membership.whyNot(), code));
                }
            }
        }

        @Override
        public void settleRefused(Exchange<Jid, GroupChange> exchange, List<Attempt<Jid, GroupChange>> refused) {
            Attempt<Jid, GroupChange> attempt = refused.getFirst();
            boolean unchanged =
                    attempt.told() instanceof Refused<GroupChange> told && told.reason() == Refusal.UNCHANGED;
            attempt.settle(unchanged ? unchanged(exchange, attempt) : attempt.told());
        }

        /** It is so already: whose doing is that, and is it so at all? */
        private Outcome<GroupChange> unchanged(Exchange<Jid, GroupChange> exchange, Attempt<Jid, GroupChange> attempt) {
            Optional<Boolean> wasSo = wasSo();
            boolean adding = wish instanceof GroupChange.Member member && member.action() == GroupUpdate.Action.ADD;
            boolean perhapsOutside = adding && !wasSo.orElse(false);
            boolean perhapsOld = attempt.unknown() && wish instanceof GroupChange.Member && wasSo.orElse(true);
            Optional<KnownGroup> found = perhapsOutside || perhapsOld
                    ? GroupQuery.of(group, state)
                            .ask(exchange, List.of(attempt))
                            .done()
                    : Optional.empty();
            boolean outside = perhapsOutside
                    && found.flatMap(known -> wish.holdsIn(known.group()))
                            .map(in -> !in)
                            .orElse(false);
            if (outside) {
                // Who can't be added once more although they are not in the group was asked for before.
                return new Refused<>(Refusal.AWAITS_APPROVAL, attempt.code());
            }
            if (perhapsOld && !found.map(this::sameMembers).orElse(false)) {
                return new Unknown<>(Silence.UNKNOWN);
            }
            return attempt.unknown() ? unchangedAfterAll(attempt.told()) : attempt.told();
        }

        /** What a repeated stanza finds done was done by the one before, unless it was so when we looked. */
        private Outcome<GroupChange> unchangedAfterAll(Outcome<GroupChange> told) {
            return wasSo().map(so -> so ? told : new Done<>(wish)).orElseGet(() -> new Unknown<>(Silence.UNKNOWN));
        }

        @Override
        public void explain(Exchange<Jid, GroupChange> exchange, List<Attempt<Jid, GroupChange>> refused) {
            Membership membership = GroupQuery.of(group, state).membership(exchange, refused);
            Attempt<Jid, GroupChange> attempt = refused.getFirst();
            attempt.settle(new Refused<>(membership.whyNot(), attempt.code()));
        }

        @Override
        public void verify(Exchange<Jid, GroupChange> exchange, List<Attempt<Jid, GroupChange>> unsure) {
            Attempt<Jid, GroupChange> attempt = unsure.getFirst();
            if (GroupQuery.of(group, state).ask(exchange, unsure) instanceof Done<KnownGroup>(KnownGroup found)) {
                if (wish.holdsIn(found.group()).orElse(false)) {
                    attempt.settle(asWished(found, attempt.code()));
                } else {
                    seen = Optional.of(found);
                }
            } else {
                // It may have been done before we were taken out.
                attempt.settle(new Unknown<>(Silence.UNKNOWN));
            }
        }

        /**
         * The group is as wished. That is our doing if it was not so before; where we have no right to it, and had none, it is
         * others'. If it was so before, by what we knew, that knowledge may have been old: of members the version tells.
         */
        private Outcome<GroupChange> asWished(KnownGroup found, int code) {
            if (!allowedBefore && !allowed(found)) {
                return new Refused<>(Refusal.NOT_AN_ADMIN, code);
            }
            boolean sure = !(wish instanceof GroupChange.Member) || sameMembers(found);
            return wasSo().orElse(false) && !sure
                    ? new Unknown<>(Silence.UNKNOWN)
                    : unchangedAfterAll(new Refused<>(Refusal.UNCHANGED, code));
        }

        private boolean sameMembers(KnownGroup found) {
            return !found.version().isEmpty() && seen.map(KnownGroup::version).equals(Optional.of(found.version()));
        }

        @Override
        public Outcome<GroupChange> inVain(Attempt<Jid, GroupChange> attempt) {
            boolean asBefore = attempt.code() != 0 && wasSo().isPresent();
            return asBefore ? new Refused<>(Refusal.SERVER_ERROR, attempt.code()) : new Unknown<>(Silence.UNKNOWN);
        }
    }
}
