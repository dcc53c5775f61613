package io.greenfinch.client.group;

import io.greenfinch.client.group.ChangeOutcome.Done;
import io.greenfinch.client.group.ChangeOutcome.NoAnswer;
import io.greenfinch.client.group.ChangeOutcome.NotDone;
import io.greenfinch.client.group.ChangeOutcome.Refusal;
import io.greenfinch.client.group.GroupInquiry.Finding;
import io.greenfinch.client.stanza.Answer;
import io.greenfinch.client.stanza.Exchange;
import io.greenfinch.client.stanza.Patience;
import io.greenfinch.client.stanza.Wire;
import io.greenfinch.protocol.binary.Jid;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Changes groups and finds out what became of it: after a lost answer the group itself is asked. Thread-safe; blocks its
 * caller until there is an outcome or the deadline has passed.
 */
public final class Changing {

    private final Wire wire;
    private final GroupState state;
    private final Clock clock;
    private final OwnMembership membership;

    public Changing(Wire wire, GroupState state, Clock clock) {
        this.wire = wire;
        this.state = state;
        this.clock = clock;
        this.membership = new OwnMembership(wire, state, clock);
    }

    /** As {@code Session.change}. */
    public ChangeOutcome change(Jid group, GroupChange wish, Instant deadline) {
        Optional<KnownGroup> before = state.certain(group);
        if (before.isEmpty()) {
            // What was the case before must be known, should the answer get lost.
            switch (membership.ask(group, deadline)) {
                case Finding.Found found -> before = Optional.of(found.group());
                case Finding.NotMember out -> {
                    return new NotDone(Refusal.NOT_A_MEMBER, 0);
                }
                case Finding.NoGroup none -> {
                    return new NotDone(Refusal.GROUP_NOT_FOUND, 0);
                }
                case Finding.Undisclosed refused -> {} // the request itself will tell
                case Finding.Unheard(Silence why) -> {
                    return new NoAnswer(why == Silence.UNKNOWN ? Silence.NOT_SENT : why);
                }
            }
        }
        return new Attempt(group, wish, deadline, before).run();
    }

    private boolean allowed(GroupChange wish, KnownGroup known) {
        return state.ownRole(known)
                .map(role -> wish.allowedTo(role, known.group()))
                .orElse(false);
    }

    /** One call. Belongs to the caller's thread. */
    private final class Attempt {

        private final Jid group;
        private final GroupChange wish;
        private final Patience patience;
        private final boolean allowedBefore;

        /** The group as it was seen last. */
        private Optional<KnownGroup> seen;

        /** A stanza went out, and nobody knows what became of it. */
        private boolean unknown;

        private boolean retried;

        Attempt(Jid group, GroupChange wish, Instant deadline, Optional<KnownGroup> before) {
            this.group = group;
            this.wish = wish;
            this.patience = new Patience(wire, clock, deadline);
            this.seen = before;
            this.allowedBefore = before.map(known -> allowed(wish, known)).orElse(true);
        }

        ChangeOutcome run() {
            while (true) {
                Answer answer = wire.ask(
                        GroupRequests.change(group, wish, seen.map(KnownGroup::group)),
                        patience.answerBy(),
                        Exchange.UNOBSERVED);
                Optional<ChangeOutcome> outcome = switch (Judgement.of(answer, wish)) {
                    case Judgement.Certain(ChangeOutcome certain) -> Optional.of(certain(certain));
                    case Judgement.Wait(Optional<Duration> backoff) -> pause(backoff, Silence.RATE_LIMITED);
                    case Judgement.NotSent none -> pause(Optional.empty(), Silence.NOT_SENT);
                    case Judgement.AskReason(int code) -> Optional.of(reason(code));
                    case Judgement.AskOutcome(int code) -> learnOutcome(code);
                };
                if (outcome.isPresent()) {
                    return outcome.get();
                }
            }
        }

        /** What a repeated stanza finds done was done by the one before, unless it was so when we looked. */
        private ChangeOutcome certain(ChangeOutcome outcome) {
            boolean unchanged = outcome instanceof NotDone not && not.reason() == Refusal.UNCHANGED;
            if (!unchanged || !unknown) {
                return outcome;
            }
            return wasSo().map(so -> so ? outcome : new Done()).orElseGet(() -> new NoAnswer(Silence.UNKNOWN));
        }

        /** Whether the group was as wished when it was seen last; empty when that is not known. */
        private Optional<Boolean> wasSo() {
            return seen.isEmpty() ? Optional.of(false) : wish.holdsIn(seen.get().group());
        }

        /** Waits before the next stanza; an outcome when there is no time for one. */
        private Optional<ChangeOutcome> pause(Optional<Duration> wanted, Silence otherwise) {
            return patience.pause(wanted)
                    ? Optional.empty()
                    : Optional.of(new NoAnswer(unknown ? Silence.UNKNOWN : otherwise));
        }

        private ChangeOutcome reason(int code) {
            Refusal reason = switch (membership.place(group, patience.deadline())) {
                case ADMIN -> Refusal.NOT_ALLOWED;
                case MEMBER -> Refusal.NOT_AN_ADMIN;
                case OUTSIDE -> Refusal.NOT_A_MEMBER;
                case NO_GROUP -> Refusal.GROUP_NOT_FOUND;
                // It was refused, that much is certain; not knowing why does not make it unknown.
                case UNDISCLOSED, UNHEARD -> Refusal.NOT_ALLOWED;
            };
            return new NotDone(reason, code);
        }

        /**
         * The group is as wished. That is our doing if it was not so before; where we have no right to it, and had none, it is
         * others'. If it was so before, by what we knew, that knowledge may have been old: of members the version tells.
         */
        private ChangeOutcome asWished(KnownGroup found, int code) {
            if (!allowedBefore && !allowed(wish, found)) {
                return new NotDone(Refusal.NOT_AN_ADMIN, code);
            }
            boolean wasSo = wasSo().orElse(false);
            boolean sure = !(wish instanceof GroupChange.Member) || sameMembers(found);
            return wasSo && !sure ? new NoAnswer(Silence.UNKNOWN) : certain(new NotDone(Refusal.UNCHANGED, 0));
        }

        private boolean sameMembers(KnownGroup found) {
            return !found.version().isEmpty() && seen.map(KnownGroup::version).equals(Optional.of(found.version()));
        }

        /** A stanza went out and its fate is unknown: the group tells. */
        private Optional<ChangeOutcome> learnOutcome(int code) {
            unknown = true;
            return switch (membership.ask(group, patience.deadline())) {
                case Finding.Found(KnownGroup found) -> {
                    Optional<Boolean> holds = wish.holdsIn(found.group());
                    if (holds.orElse(false)) {
                        yield Optional.of(asWished(found, code));
                    }
                    seen = Optional.of(found);
                    if (retried) {
                        boolean asBefore = code != 0 && holds.isPresent();
                        yield Optional.of(
                                asBefore ? new NotDone(Refusal.SERVER_ERROR, code) : new NoAnswer(Silence.UNKNOWN));
                    }
                    retried = true;
                    yield pause(Optional.of(Patience.FIRST_WAIT), Silence.UNKNOWN);
                }
                // It may have been done before we were taken out.
                case Finding.NotMember out -> Optional.of(new NoAnswer(Silence.UNKNOWN));
                case Finding.NoGroup none -> Optional.of(new NoAnswer(Silence.UNKNOWN));
                case Finding.Undisclosed refused -> Optional.of(new NoAnswer(Silence.UNKNOWN));
                case Finding.Unheard unheard -> Optional.of(new NoAnswer(Silence.UNKNOWN));
            };
        }
    }
}
