package io.greenfinch.client.group;

import io.greenfinch.client.group.DoorOutcome.Done;
import io.greenfinch.client.group.DoorOutcome.NoAnswer;
import io.greenfinch.client.group.DoorOutcome.NotDone;
import io.greenfinch.client.stanza.Answer;
import io.greenfinch.client.stanza.Exchange;
import io.greenfinch.client.stanza.Patience;
import io.greenfinch.client.stanza.Wire;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Requests that may be repeated: those that read, and the reset of a link. Thread-safe; blocks. */
final class Reading {

    private final Wire wire;
    private final Clock clock;
    private final OwnMembership membership;

    Reading(Wire wire, Clock clock, OwnMembership membership) {
        this.wire = wire;
        this.clock = clock;
        this.membership = membership;
    }

    DoorOutcome<InviteCode> link(Jid group, Instant deadline) {
        return new Attempt<>(
                        DoorRequests.link(group), DoorAnswers::link, code -> whyNot(group, code, deadline), deadline)
                .run();
    }

    DoorOutcome<InviteCode> resetLink(Jid group, Instant deadline) {
        return new Attempt<>(
                        DoorRequests.resetLink(group),
                        DoorAnswers::link,
                        code -> whyNot(group, code, deadline),
                        deadline)
                .changing()
                .run();
    }

    DoorOutcome<List<JoinRequest>> requests(Jid group, Instant deadline) {
        return new Attempt<>(
                        DoorRequests.list(group),
                        DoorAnswers::requests,
                        code -> whyNot(group, code, deadline),
                        deadline)
                .run();
    }

    DoorOutcome<InvitedGroup> find(InviteCode code, Instant deadline) {
        return new Attempt<>(DoorRequests.find(code), DoorAnswers::found, DoorRefusal::ofEntry, deadline).run();
    }

    DoorOutcome<InvitedGroup> find(Invitation invitation, Instant deadline) {
        Function<Node, Optional<InvitedGroup>> found = iq -> DoorAnswers.found(iq, invitation.group());
        return new Attempt<>(DoorRequests.find(invitation), found, DoorRefusal::ofEntry, deadline).run();
    }

    /** Why a request to a group was refused: of those for want of rights only a query tells which. */
    DoorRefusal whyNot(Jid group, int code, Instant deadline) {
        return switch (code) {
            case 401, 403 ->
                switch (membership.place(group, deadline)) {
                    case MEMBER -> DoorRefusal.NOT_AN_ADMIN;
                    case OUTSIDE -> DoorRefusal.NOT_A_MEMBER;
                    case NO_GROUP -> DoorRefusal.GROUP_NOT_FOUND;
                    case ADMIN, UNDISCLOSED, UNHEARD -> DoorRefusal.NOT_ALLOWED;
                };
            case 404, 410 -> DoorRefusal.GROUP_NOT_FOUND;
            case 423 -> DoorRefusal.LOCKED;
            default -> DoorRefusal.NOT_ALLOWED;
        };
    }

    /** One call. Belongs to the caller's thread. */
    private final class Attempt<T> {

        private final Node request;
        private final Function<Node, Optional<T>> parser;
        private final Function<Integer, DoorRefusal> reasons;
        private final Patience patience;
        private boolean changes;

        /** A stanza that changes something went out, and nobody knows what became of it. */
        private boolean unknown;

        Attempt(
                Node request,
                Function<Node, Optional<T>> parser,
                Function<Integer, DoorRefusal> reasons,
                Instant deadline) {
            this.request = request;
            this.parser = parser;
            this.reasons = reasons;
            this.patience = new Patience(wire, clock, deadline);
        }

        /** The same of a request that changes something: of a lost one, a later refusal tells nothing. */
        Attempt<T> changing() {
            changes = true;
            return this;
        }

        DoorOutcome<T> run() {
            while (true) {
                Answer answer = wire.ask(request, patience.deadline(), Exchange.UNOBSERVED);
                Optional<Duration> wait = Optional.empty();
                switch (answer) {
                    case Answer.Result(Node iq) -> {
                        Optional<T> value = parser.apply(iq);
                        if (value.isPresent()) {
                            return new Done<>(value.get());
                        }
                        unknown |= changes;
                    }
                    case Answer.Refused refused when refused.code() == 429 -> wait = refused.backoff();
                    case Answer.Refused refused when refused.code() < 400 || refused.code() > 499 -> unknown |= changes;
                    case Answer.Refused refused -> {
                        return unknown
                                ? new NoAnswer<>(Silence.UNKNOWN)
                                : new NotDone<>(reasons.apply(refused.code()), refused.code());
                    }
                    case Answer.Lost lost -> unknown |= changes;
                    case Answer.NotSent none -> {}
                    case Answer.Unanswered none -> {
                        return new NoAnswer<>(Silence.UNKNOWN);
                    }
                    case Answer.NotLinked none -> {
                        return new NoAnswer<>(unknown ? Silence.UNKNOWN : Silence.NOT_LINKED);
                    }
                }
                boolean again = (answer instanceof Answer.Lost && !changes) || patience.pause(wait);
                if (!again) {
                    return new NoAnswer<>(unknown ? Silence.UNKNOWN : GroupAnswers.silence(answer));
                }
            }
        }
    }
}
