package io.greenfinch.client.picture;

import io.greenfinch.client.group.Group;
import io.greenfinch.client.group.GroupAnswers;
import io.greenfinch.client.group.GroupLookup;
import io.greenfinch.client.group.Silence;
import io.greenfinch.client.picture.PictureOutcome.Reason;
import io.greenfinch.client.stanza.Answer;
import io.greenfinch.client.stanza.Exchange;
import io.greenfinch.client.stanza.Turns;
import io.greenfinch.client.stanza.Wire;
import io.greenfinch.client.time.Timers;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Predicate;

/**
 * Changes pictures and asks for them (specification §16.6, §25). A change whose answer was lost, or tells nothing, is
 * looked into: the id of the picture before it is known, so the id there is now shows whether it took place. Thread-safe;
 * methods block until there is an answer or the deadline has passed.
 */
public final class Picturing {

    private static final int TRIES = 2;

    private final Wire wire;
    private final PictureWatches watches;
    private final BiFunction<Jid, Instant, GroupLookup> groups;
    private final Predicate<Group> administers;
    private final Turns turns;

    /**
     * Pictures over this wire.
     *
     * @param groups asks WhatsApp for a group's metadata
     * @param administers whether we are an admin of a group as it is described
     */
    public Picturing(
            Wire wire,
            PictureWatches watches,
            BiFunction<Jid, Instant, GroupLookup> groups,
            Predicate<Group> administers,
            Timers timers) {
        this.wire = wire;
        this.watches = watches;
        this.groups = groups;
        this.administers = administers;
        this.turns = new Turns(timers);
    }

    /** Asks for a picture; again when the connection is lost meanwhile, which does no harm. */
    public PictureLookup find(Jid subject, PictureSize size, Instant deadline) {
        Node request = PictureRequests.get(subject, size);
        Answer answer = wire.ask(request, deadline, Exchange.UNOBSERVED);
        while (answer instanceof Answer.Lost) {
            answer = wire.ask(request, deadline, Exchange.UNOBSERVED);
        }
        return PictureAnswers.lookup(answer);
    }

    /** Gives a group, or our own account, another picture. */
    public PictureOutcome set(Jid subject, byte[] jpeg, Instant deadline) {
        return change(subject, PictureRequests.set(subject, jpeg), false, deadline);
    }

    /** Takes the picture of a group, or our own, away. */
    public PictureOutcome remove(Jid subject, Instant deadline) {
        return change(subject, PictureRequests.remove(subject), true, deadline);
    }

    private PictureOutcome change(Jid subject, Node request, boolean removal, Instant deadline) {
        if (!turns.take(List.of(subject), deadline)) {
            return new PictureOutcome.NoAnswer(Silence.NOT_SENT);
        }
        PictureWatch watch = new PictureWatch();
        watches.watch(subject, watch);
        try {
            return new Change(subject, request, removal, deadline, watch).run();
        } finally {
            watches.unwatch(subject);
            turns.giveBack(List.of(subject));
        }
    }

    /** One change under way. */
    private final class Change {
        private final Jid subject;
        private final Node request;
        private final boolean removal;
        private final Instant deadline;
        private final PictureWatch watch;

        Change(Jid subject, Node request, boolean removal, Instant deadline, PictureWatch watch) {
            this.subject = subject;
            this.request = request;
            this.removal = removal;
            this.deadline = deadline;
            this.watch = watch;
        }

        PictureOutcome run() {
            PictureLookup before = find(subject, PictureSize.IMAGE, deadline);
            if (before instanceof PictureLookup.NoAnswer silence && silence.why() == Silence.NOT_LINKED) {
                return new PictureOutcome.NoAnswer(Silence.NOT_LINKED);
            }
            PictureOutcome unsure = new PictureOutcome.NoAnswer(Silence.UNKNOWN);
            for (int tried = 0; tried < TRIES; tried++) {
                Answer answer = wire.ask(request, deadline, Exchange.UNOBSERVED);
                Optional<PictureOutcome> outcome = told(answer);
                if (outcome.isPresent()) {
                    return outcome.get();
                }
                PictureLookup now = find(subject, PictureSize.IMAGE, deadline);
                if (!unchanged(before, now)) {
                    return found(before, now);
                }
                unsure = answer instanceof Answer.Refused refused
                        ? new PictureOutcome.Refused(Reason.OTHER, refused.code())
                        : new PictureOutcome.NoAnswer(Silence.UNKNOWN);
            }
            return unsure;
        }

        /** The outcome, if the answer alone tells it. */
        private Optional<PictureOutcome> told(Answer answer) {
            return switch (answer) {
                case Answer.Result result ->
                    removal ? Optional.empty() : PictureAnswers.changed(result).map(PictureOutcome.Set::new);
                case Answer.Refused refused when refused.code() >= 500 || refused.code() < 400 -> Optional.empty();
                case Answer.Refused refused -> Optional.of(refused(refused));
                case Answer.Lost lost -> Optional.empty();
                case Answer.NotSent none -> silence(answer);
                case Answer.NotLinked none -> silence(answer);
                case Answer.Unanswered none -> silence(answer);
            };
        }

        private static Optional<PictureOutcome> silence(Answer answer) {
            return Optional.of(new PictureOutcome.NoAnswer(GroupAnswers.silence(answer)));
        }

        private PictureOutcome refused(Answer.Refused refused) {
            int code = refused.code();
            return switch (code) {
                case 401, 403 ->
                    new PictureOutcome.Refused(subject.isGroup() ? whyNot(code) : Reason.NOT_ALLOWED, code);
                case 404, 410 ->
                    new PictureOutcome.Refused(subject.isGroup() ? Reason.GROUP_NOT_FOUND : Reason.OTHER, code);
                case 405 -> new PictureOutcome.Refused(Reason.NOT_ALLOWED, code);
                case 406 -> new PictureOutcome.Refused(Reason.BAD_PICTURE, code);
                case 423 -> new PictureOutcome.Refused(Reason.LOCKED, code);
                case 429 -> new PictureOutcome.NoAnswer(Silence.RATE_LIMITED);
                default -> new PictureOutcome.Refused(Reason.OTHER, code);
            };
        }

        /** Both codes are given to members who are no admins and to those who are no members: the group knows which. */
        private Reason whyNot(int code) {
            return switch (groups.apply(subject, deadline)) {
                case GroupLookup.Found(Group group) ->
                    administers.test(group) ? Reason.NOT_ALLOWED : Reason.NOT_AN_ADMIN;
                case GroupLookup.NotMember none -> Reason.NOT_A_MEMBER;
                case GroupLookup.NotFound none -> Reason.GROUP_NOT_FOUND;
                case GroupLookup.Refused refused -> code == 401 ? Reason.NOT_ALLOWED : Reason.NOT_A_MEMBER;
                case GroupLookup.NoAnswer none -> code == 401 ? Reason.NOT_ALLOWED : Reason.NOT_A_MEMBER;
            };
        }

        /** Whether both show that nothing has changed, and nobody has told otherwise. */
        private boolean unchanged(PictureLookup before, PictureLookup now) {
            if (watch.own().isPresent()) {
                return false;
            }
            return switch (now) {
                case PictureLookup.Found found ->
                    before instanceof PictureLookup.Found old
                            && old.picture().id().equals(found.picture().id());
                case PictureLookup.None none -> !removal && before instanceof PictureLookup.None;
                case PictureLookup.Hidden none -> false;
                case PictureLookup.Refused none -> false;
                case PictureLookup.NoAnswer none -> false;
            };
        }

        /** What the picture that is there now means. Somebody else may have changed it just then. */
        private PictureOutcome found(PictureLookup before, PictureLookup now) {
            Optional<String> ours = watch.own().flatMap(PictureUpdate::id);
            if (removal) {
                return now instanceof PictureLookup.None
                        ? new PictureOutcome.Removed()
                        : new PictureOutcome.NoAnswer(Silence.UNKNOWN);
            }
            if (ours.isPresent()) {
                return new PictureOutcome.Set(ours.get());
            }
            boolean compared = before instanceof PictureLookup.Found || before instanceof PictureLookup.None;
            if (compared
                    && now instanceof PictureLookup.Found found
                    && !byOthers(found.picture().id())) {
                return new PictureOutcome.Set(found.picture().id());
            }
            return new PictureOutcome.NoAnswer(Silence.UNKNOWN);
        }

        private boolean byOthers(String id) {
            return watch.others().flatMap(PictureUpdate::id).filter(id::equals).isPresent();
        }
    }
}
