package io.greenfinch.client.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.client.group.DoorOutcome.Done;
import io.greenfinch.client.group.DoorOutcome.NoAnswer;
import io.greenfinch.client.group.DoorOutcome.NotDone;
import io.greenfinch.client.stanza.FatedWire.Fate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What became of the wish to come into a group, whatever happens to requests and answers. */
final class EnteringTest {

    private static final Entry IN = new Entry(FakeDoor.GROUP, false);
    private static final Entry WAITS = new Entry(FakeDoor.GROUP, true);

    private FakeDoor door = new FakeDoor();

    private DoorOutcome<Entry> join() {
        return join(door.code);
    }

    private DoorOutcome<Entry> join(String code) {
        return doors().join(new InviteCode(code), deadline());
    }

    private DoorOutcome<Entry> accept(String code) {
        return doors().accept(new Invitation(FakeDoor.GROUP, FakeDoor.SELF, code, deadline()), deadline());
    }

    private GroupDoors doors() {
        return new Doors(door, door, door.clock, () -> Optional.of(FakeDoor.SELF));
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
        assertThat(join()).isEqualTo(new NotDone<>(DoorRefusal.AWAITS_APPROVAL, 409));
    }

    @Test
    void aMemberIsToldSoWithoutARequest() {
        door.members.add(FakeDoor.SELF);
        assertThat(join()).isEqualTo(new NotDone<>(DoorRefusal.ALREADY_A_MEMBER, 0));
        assertThat(door.asked).containsExactly("invite", "query");
    }

    @Test
    void whereTheCacheIsWrongTheServerIsRight() {
        door.members.add(FakeDoor.SELF);
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
        assertThat(join()).isEqualTo(new NoAnswer<>(Silence.UNKNOWN));
    }

    @Test
    void tellsLinksThatLeadNowhereApart() {
        assertThat(join("Code9")).isEqualTo(new NotDone<>(DoorRefusal.NO_LONGER_VALID, 410));
        assertThat(join("Nonsense")).isEqualTo(new NotDone<>(DoorRefusal.NOT_VALID, 406));
        door.banished = true;
        assertThat(join()).isEqualTo(new NotDone<>(DoorRefusal.REMOVED_EARLIER, 405));
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
        assertThat(join()).isEqualTo(new NoAnswer<>(Silence.UNKNOWN));
        assertThat(door.changes).isEmpty();
        door.changes.add(Fate.LOST);
        assertThat(join()).isEqualTo(new Done<>(IN));
    }

    @Test
    void aRefusalOfARepeatSaysNothingAboutTheFirst() {
        door.approval = true;
        door.changes.addAll(List.of(Fate.DONE_AND_LOST, Fate.FORBIDDEN));
        assertThat(join()).isEqualTo(new NoAnswer<>(Silence.UNKNOWN));
    }

    @Test
    void waitsAsToldAndNoLongerThanTheDeadline() {
        door.changes.add(Fate.LIMITED);
        assertThat(join()).isEqualTo(new Done<>(IN));
        assertThat(door.pauses).containsExactly(Duration.ofSeconds(3));
        door = new FakeDoor();
        for (int i = 0; i < 30; i++) {
            door.changes.add(Fate.LIMITED);
        }
        assertThat(join()).isEqualTo(new NoAnswer<>(Silence.RATE_LIMITED));
        assertThat(door.members).isEmpty();
    }

    @Test
    void whatCouldNotBeAskedWasNotSent() {
        door.queries.add(Fate.SILENT);
        assertThat(join()).isEqualTo(new NoAnswer<>(Silence.NOT_SENT));
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
        assertThat(accept("Yours")).isEqualTo(new NotDone<>(DoorRefusal.NOT_VALID, 406));
        assertThat(doors().find(new Invitation(FakeDoor.GROUP, FakeDoor.SELF, "Yours", deadline()), deadline()))
                .isEqualTo(new NotDone<>(DoorRefusal.NOT_VALID, 406));
    }

    @Test
    void showsTheGroupToThoseWhoAreInvited() {
        door.members.add(DecidingTest.ANNA);
        InvitedGroup shown = new InvitedGroup(door.group().group().withParticipants(List.of()), 1);
        assertThat(doors().find(new InviteCode(door.code), deadline())).isEqualTo(new Done<>(shown));
        assertThat(doors().find(new Invitation(FakeDoor.GROUP, FakeDoor.SELF, "Mine", deadline()), deadline()))
                .isEqualTo(new Done<>(shown));
    }

    /** In means in by us, waiting means that our request waits, and not done that nothing is different. */
    @ParameterizedTest
    @EnumSource(Way.class)
    void neverTellsWhatIsNotTrue(Way way) {
        Random random = new Random(20261126);
        for (int i = 0; i < 20_000; i++) {
            door = new FakeDoor();
            door.approval = random.nextInt(3) == 0;
            door.banished = random.nextInt(10) == 0;
            boolean inBefore = random.nextInt(5) == 0;
            boolean waitedBefore = !inBefore && door.approval && random.nextInt(4) == 0;
            if (inBefore) {
                door.members.add(FakeDoor.SELF);
                door.known = random.nextBoolean() ? Optional.of(door.group()) : Optional.empty();
            }
            if (waitedBefore) {
                door.waiting.add(FakeDoor.SELF);
            }
            for (int n = random.nextInt(5); n > 0; n--) {
                door.changes.add(Fate.any(random));
                door.queries.add(Fate.ofQuery(random));
            }
            String order = "%s %s, in %s, waits %s".formatted(door.changes, door.queries, inBefore, waitedBefore);
            boolean asBefore;
            switch (way == Way.LINK ? join() : accept("Mine")) {
                case Done<Entry>(Entry entry) ->
                    assertThat(entry.pending() ? door.waiting.contains(FakeDoor.SELF) : door.member() && !inBefore)
                            .as(order + entry)
                            .isTrue();
                case NotDone<Entry>(DoorRefusal reason, int code) -> {
                    asBefore = door.member() == inBefore && door.waiting.contains(FakeDoor.SELF) == waitedBefore;
                    boolean soBefore = switch (reason) {
                        case ALREADY_A_MEMBER -> inBefore;
                        case AWAITS_APPROVAL -> waitedBefore;
                        default -> true;
                    };
                    assertThat(asBefore && soBefore).as(order + reason).isTrue();
                }
                case NoAnswer<Entry>(Silence why) -> {
                    asBefore = door.member() == inBefore && door.waiting.contains(FakeDoor.SELF) == waitedBefore;
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
}
