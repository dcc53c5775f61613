package io.greenfinch.client.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.client.contact.Contacts;
import io.greenfinch.client.stanza.FatedWire.Fate;
import io.greenfinch.client.stanza.Outcome;
import io.greenfinch.client.stanza.Outcome.Done;
import io.greenfinch.client.stanza.Outcome.Refused;
import io.greenfinch.client.stanza.Outcome.Unknown;
import io.greenfinch.client.stanza.Refusal;
import io.greenfinch.client.stanza.Silence;
import io.greenfinch.client.store.InMemoryLeaveIntents;
import io.greenfinch.client.store.ProcessCache;
import io.greenfinch.client.time.SteppedTimers;
import io.greenfinch.protocol.binary.Jid;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What became of the wish to come into a group, whatever happens to requests and answers. */
final class GroupJoinTest {

    private static final Joined IN = new Joined(FakeJoining.GROUP, false);
    private static final Joined WAITS = new Joined(FakeJoining.GROUP, true);

    private FakeJoining door = new FakeJoining();

    private Outcome<Joined> join() {
        return join(door.code);
    }

    private Outcome<Joined> join(String code) {
        return groups().join(new InviteCode(code), deadline());
    }

    private Outcome<Joined> accept(String code) {
        return groups().join(new Invitation(FakeJoining.GROUP, FakeJoining.SELF, code, deadline()), deadline());
    }

    private Groups groups() {
        return sessionGroups(() -> Optional.of(FakeJoining.SELF));
    }

    private Instant deadline() {
        return door.clock.instant().plusSeconds(60);
    }

    @Test
    void joinsTheGroupBehindTheLink() {
        assertThat(join()).isEqualTo(new Done<>(IN));
        assertThat(door.asked).containsExactly("invite", "query", "invite");
    }

    @Test
    void tellsThatAdminsDecide() {
        door.approval = true;
        assertThat(join()).isEqualTo(new Done<>(WAITS));
        assertThat(join()).isEqualTo(new Refused<>(Refusal.AWAITS_APPROVAL, 409));
    }

    @Test
    void aMemberIsToldSoWithoutARequest() {
        door.members.add(FakeJoining.SELF);
        assertThat(join()).isEqualTo(new Refused<>(Refusal.ALREADY_A_MEMBER, 0));
        assertThat(door.asked).containsExactly("invite", "query");
    }

    @Test
    void whereTheCacheIsWrongTheServerIsRight() {
        door.members.add(FakeJoining.SELF);
        door.known = Optional.of(door.group());
        door.members.clear();
        door.changes.add(Fate.DONE_AND_LOST);
        assertThat(join()).as("we were out, and came in by this").isEqualTo(new Done<>(IN));
    }

    @Test
    void aGroupThatStrangersDoNotSeeIsThereAllTheSame() {
        door.hidden = true;
        door.changes.add(Fate.LOST);
        assertThat(join()).isEqualTo(new Done<>(IN));
        door.members.clear();
        door.changes.addAll(List.of(Fate.LOST, Fate.LOST));
        assertThat(join()).isEqualTo(new Unknown<>(Silence.UNKNOWN));
    }

    @Test
    void tellsLinksThatLeadNowhereApart() {
        assertThat(join("Code9")).isEqualTo(new Refused<>(Refusal.NO_LONGER_VALID, 410));
        assertThat(join("Nonsense")).isEqualTo(new Refused<>(Refusal.NOT_VALID, 406));
        door.banished = true;
        assertThat(join()).isEqualTo(new Refused<>(Refusal.REMOVED_EARLIER, 405));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aLostAnswerIsLookedFor(boolean approval) {
        door.approval = approval;
        door.changes.add(Fate.DONE_AND_LOST);
        assertThat(join()).isEqualTo(new Done<>(approval ? WAITS : IN));
        assertThat(door.asked.subList(2, 4)).containsExactly("invite", "query");
    }

    @Test
    void aLostRequestIsRepeatedOnce() {
        door.changes.addAll(List.of(Fate.LOST, Fate.LOST));
        assertThat(join()).isEqualTo(new Unknown<>(Silence.UNKNOWN));
        assertThat(door.changes).isEmpty();
        door.changes.add(Fate.LOST);
        assertThat(join()).isEqualTo(new Done<>(IN));
    }

    @Test
    void aRefusalOfARepeatSaysNothingAboutTheFirst() {
        door.approval = true;
        door.changes.addAll(List.of(Fate.DONE_AND_LOST, Fate.FORBIDDEN));
        assertThat(join()).isEqualTo(new Unknown<>(Silence.UNKNOWN));
    }

    @Test
    void waitsAsToldAndNoLongerThanTheDeadline() {
        door.changes.add(Fate.LIMITED);
        assertThat(join()).isEqualTo(new Done<>(IN));
        assertThat(door.pauses).containsExactly(Duration.ofSeconds(3));
        door = new FakeJoining();
        for (int i = 0; i < 30; i++) {
            door.changes.add(Fate.LIMITED);
        }
        assertThat(join()).isEqualTo(new Unknown<>(Silence.RATE_LIMITED));
        assertThat(door.members).isEmpty();
    }

    @Test
    void whatCouldNotBeAskedWasNotSent() {
        door.queries.add(Fate.SILENT);
        assertThat(join()).isEqualTo(new Unknown<>(Silence.NOT_SENT));
        assertThat(door.asked).containsExactly("invite");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anInvitationThatWasTakenIsLookedAt(boolean approval) {
        door.approval = approval;
        assertThat(accept("Mine")).isEqualTo(new Done<>(approval ? WAITS : IN));
        assertThat(door.asked).containsExactly("query", "accept", "query");
    }

    @Test
    void somebodyElsesInvitationIsNotValid() {
        assertThat(accept("Yours")).isEqualTo(new Refused<>(Refusal.NOT_VALID, 406));
        assertThat(groups().find(new Invitation(FakeJoining.GROUP, FakeJoining.SELF, "Yours", deadline()), deadline()))
                .isEqualTo(new Refused<>(Refusal.NOT_VALID, 406));
    }

    @Test
    void showsTheGroupToThoseWhoAreInvited() {
        door.members.add(JoinDecisionsTest.ANNA);
        for (Outcome<InvitedGroup> found : List.of(
                groups().find(new InviteCode(door.code), deadline()),
                groups().find(new Invitation(FakeJoining.GROUP, FakeJoining.SELF, "Mine", deadline()), deadline()))) {
            assertThat(found.done()).hasValueSatisfying(shown -> {
                assertThat(shown.group().id()).isEqualTo(FakeJoining.GROUP);
                assertThat(shown.group().complete()).isFalse();
                assertThat(shown.size()).isEqualTo(1);
            });
        }
    }

    /** In means in by us, waiting means that our request waits, and not done that nothing is different. */
    @ParameterizedTest
    @EnumSource(Way.class)
    void neverTellsWhatIsNotTrue(Way way) {
        Random random = new Random(20261126);
        for (int i = 0; i < 20_000; i++) {
            door = new FakeJoining();
            door.approval = random.nextInt(3) == 0;
            door.banished = random.nextInt(10) == 0;
            boolean inBefore = random.nextInt(5) == 0;
            boolean waitedBefore = !inBefore && door.approval && random.nextInt(4) == 0;
            if (inBefore) {
                door.members.add(FakeJoining.SELF);
                door.known = random.nextBoolean() ? Optional.of(door.group()) : Optional.empty();
            }
            if (waitedBefore) {
                door.waiting.add(FakeJoining.SELF);
            }
            for (int n = random.nextInt(5); n > 0; n--) {
                Fate fate = Fate.any(random);
                // Whether a request waits behind an error, nobody but admins can see.
                door.changes.add(door.approval && fate == Fate.DONE_AND_FORBIDDEN ? Fate.FORBIDDEN : fate);
                door.queries.add(Fate.ofQuery(random));
            }
            String order = "%s %s, in %s, waits %s".formatted(door.changes, door.queries, inBefore, waitedBefore);
            boolean asBefore;
            switch (way == Way.LINK ? join() : accept("Mine")) {
                case Done<Joined>(Joined entry) ->
                    assertThat(entry.pending() ? door.waiting.contains(FakeJoining.SELF) : door.member() && !inBefore)
                            .as(order + entry)
                            .isTrue();
                case Refused<Joined>(Refusal reason, int code, var none) -> {
                    asBefore = door.member() == inBefore && door.waiting.contains(FakeJoining.SELF) == waitedBefore;
                    boolean soBefore = switch (reason) {
                        case ALREADY_A_MEMBER -> inBefore;
                        case AWAITS_APPROVAL -> waitedBefore;
                        default -> true;
                    };
                    assertThat(asBefore && soBefore).as(order + reason).isTrue();
                }
                case Unknown<Joined>(Silence why) -> {
                    asBefore = door.member() == inBefore && door.waiting.contains(FakeJoining.SELF) == waitedBefore;
                    assertThat(asBefore || why == Silence.UNKNOWN)
                            .as(order + why)
                            .isTrue();
                }
            }
        }
    }

    enum Way {
        LINK,
        INVITATION
    }

    private Groups sessionGroups(Supplier<Optional<Jid>> self) {
        return new SessionGroups(
                1,
                door,
                new Contacts(door, new ProcessCache(), (one, other) -> {}, person -> person),
                door,
                new InMemoryLeaveIntents(door.clock),
                new SteppedTimers(door.clock),
                new SecureRandom(),
                self);
    }
}
