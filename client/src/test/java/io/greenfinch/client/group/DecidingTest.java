package io.greenfinch.client.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.greenfinch.client.group.DoorOutcome.Done;
import io.greenfinch.client.group.DoorOutcome.NoAnswer;
import io.greenfinch.client.group.DoorOutcome.NotDone;
import io.greenfinch.client.stanza.FatedWire.Fate;
import io.greenfinch.protocol.binary.Jid;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What became of decisions about people at the door, whatever happens to requests and answers. */
final class DecidingTest {

    static final Jid ANNA = Jid.lid("900000000000002");
    private static final Jid BOB = Jid.lid("900000000000003");
    private static final Jid CAROL = Jid.lid("900000000000004");

    private FakeDoor door = new FakeDoor();

    @BeforeEach
    void twoWait() {
        door = new FakeDoor();
        door.members.add(FakeDoor.SELF);
        door.waiting.addAll(List.of(ANNA, BOB));
        door.invited.addAll(List.of(ANNA, BOB));
    }

    private GroupDoors doors() {
        return new Doors(door, door, door.clock, () -> Optional.of(FakeDoor.SELF));
    }

    private Instant deadline() {
        return door.clock.instant().plusSeconds(60);
    }

    private List<DoorOutcome<Jid>> approve(Jid... people) {
        return doors().approve(FakeDoor.GROUP, List.of(people), deadline());
    }

    @Test
    void listsThoseWhoWait() {
        Person anna = Person.of(Optional.of(ANNA), Optional.empty()).orElseThrow();
        door.waiting.remove(BOB);
        assertThat(doors().requests(FakeDoor.GROUP, deadline()))
                .isEqualTo(new Done<>(List.of(new JoinRequest(
                        anna,
                        Instant.ofEpochSecond(1_795_400_000),
                        Optional.of(ANNA),
                        JoinRequest.Method.INVITE_LINK))));
    }

    @Test
    void everybodyHasAnOutcomeOfTheirOwn() {
        door.refusals.put(BOB, 419);
        assertThat(approve(BOB, CAROL, ANNA))
                .containsExactly(
                        new NotDone<>(DoorRefusal.GROUP_FULL, 419),
                        new NotDone<>(DoorRefusal.NOTHING_PENDING, 404),
                        new Done<>(ANNA));
        assertThat(door.members).containsExactly(FakeDoor.SELF, ANNA);
        assertThat(door.asked).containsExactly("membership_approval_requests", "membership_requests_action");
    }

    @Test
    void whoMayNotDecideIsToldWhy() {
        door.role = Role.MEMBER;
        assertThat(approve(ANNA)).containsExactly(new NotDone<>(DoorRefusal.NOT_AN_ADMIN, 401));
        door.members.remove(FakeDoor.SELF);
        assertThat(approve(ANNA)).containsExactly(new NotDone<>(DoorRefusal.NOT_A_MEMBER, 403));
        assertThat(doors().revoke(FakeDoor.GROUP, List.of(ANNA), deadline()))
                .containsExactly(new NotDone<>(DoorRefusal.NOT_A_MEMBER, 403));
    }

    @Test
    void aLostDecisionIsLookedForInListAndGroup() {
        door.changes.add(Fate.DONE_AND_LOST);
        assertThat(approve(ANNA)).containsExactly(new Done<>(ANNA));
        assertThat(door.asked)
                .containsExactly(
                        "membership_approval_requests",
                        "membership_requests_action",
                        "membership_approval_requests",
                        "query");
        door.changes.add(Fate.DONE_AND_LOST);
        assertThat(doors().reject(FakeDoor.GROUP, List.of(BOB), deadline())).containsExactly(new Done<>(BOB));
        assertThat(door.members).doesNotContain(BOB);
    }

    @Test
    void whatAnotherAdminDecidedMeanwhileIsNotOurs() {
        door.changes.add(Fate.LOST);
        door.meanwhile = () -> {
            door.waiting.remove(ANNA);
            door.members.add(ANNA);
        };
        assertThat(doors().reject(FakeDoor.GROUP, List.of(ANNA), deadline()))
                .containsExactly(new NotDone<>(DoorRefusal.NOTHING_PENDING, 0));
        door.changes.add(Fate.LOST);
        door.meanwhile = () -> door.waiting.remove(BOB);
        assertThat(approve(BOB))
                .as("he may have come in and gone again")
                .containsExactly(new NoAnswer<>(Silence.UNKNOWN));
    }

    @Test
    void oneAnswerIsNotBelievedAboutTwo() {
        door.unclear = true;
        assertThat(approve(ANNA, BOB)).containsOnly(new NoAnswer<>(Silence.UNKNOWN));
        assertThat(approve(ANNA))
                .as("about one, it may use a name that we did not")
                .containsExactly(new Done<>(ANNA));
    }

    @Test
    void aRefusalOfARepeatIsOneOnlyWhereAllIsAsItWas() {
        door.changes.add(Fate.DONE_AND_LOST);
        door.meanwhile = () -> door.refusals.put(ANNA, 401);
        assertThat(doors().revoke(FakeDoor.GROUP, List.of(ANNA), deadline()))
                .containsExactly(new NoAnswer<>(Silence.UNKNOWN));
        door.changes.add(Fate.LOST);
        door.meanwhile = () -> door.refusals.put(BOB, 419);
        assertThat(approve(BOB)).containsExactly(new NotDone<>(DoorRefusal.GROUP_FULL, 419));
    }

    @Test
    void twoFailuresWithAllAsItWasAreAServerError() {
        door.changes.addAll(List.of(Fate.FAILED, Fate.FAILED));
        assertThat(approve(ANNA)).containsExactly(new NotDone<>(DoorRefusal.SERVER_ERROR, 500));
    }

    @Test
    void oneWhoIsLimitedIsAskedForAgainAlone() {
        door.refusals.put(ANNA, 429);
        assertThat(approve(ANNA, BOB)).containsExactly(new Done<>(ANNA), new Done<>(BOB));
        assertThat(door.members).containsExactly(FakeDoor.SELF, BOB, ANNA);
    }

    @Test
    void whoOneSideDecidedAndTheOtherAskedForIsNotOurs() {
        door.changes.add(Fate.LOST);
        door.waiting.remove(ANNA);
        assertThat(doors().reject(FakeDoor.GROUP, List.of(ANNA), deadline()))
                .as("nobody knows whether she had asked when the stanza came")
                .containsExactly(new NoAnswer<>(Silence.UNKNOWN));
    }

    @Test
    void ourOwnRequestIsTakenBackOnce() {
        door.members.clear();
        door.waiting.add(FakeDoor.SELF);
        door.changes.add(Fate.DONE_AND_LOST);
        assertThat(doors().cancel(FakeDoor.GROUP, deadline())).isEqualTo(new Done<>(FakeDoor.SELF));
        assertThat(door.waiting).containsExactly(ANNA, BOB);
        assertThat(doors().cancel(FakeDoor.GROUP, deadline()))
                .isEqualTo(new NotDone<>(DoorRefusal.NOTHING_PENDING, 404));
        assertThat(new Doors(door, door, door.clock, Optional::empty).cancel(FakeDoor.GROUP, deadline()))
                .isEqualTo(new NoAnswer<>(Silence.NOT_LINKED));
    }

    @Test
    void whoCameInMeanwhileWasNotTurnedBack() {
        door.changes.add(Fate.LOST);
        door.meanwhile = () -> {
            door.invited.remove(ANNA);
            door.members.add(ANNA);
        };
        assertThat(doors().revoke(FakeDoor.GROUP, List.of(ANNA, BOB), deadline()))
                .containsExactly(new NotDone<>(DoorRefusal.NOTHING_PENDING, 404), new Done<>(BOB));

        door.members.clear();
        door.waiting.add(FakeDoor.SELF);
        door.changes.add(Fate.LOST);
        door.meanwhile = () -> {
            door.waiting.remove(FakeDoor.SELF);
            door.members.add(FakeDoor.SELF);
        };
        assertThat(doors().cancel(FakeDoor.GROUP, deadline()))
                .isEqualTo(new NotDone<>(DoorRefusal.NOTHING_PENDING, 404));
    }

    @Test
    void onlyDistinctAccountsAreTaken() {
        for (List<Jid> people : List.of(
                List.<Jid>of(),
                List.of(ANNA, ANNA),
                List.of(FakeDoor.GROUP),
                List.of(new Jid("900000000000002", 3, Jid.LIDS, 0)),
                Collections.nCopies(GroupDoors.MAX_PEOPLE + 1, ANNA))) {
            assertThatIllegalArgumentException().isThrownBy(() -> doors().revoke(FakeDoor.GROUP, people, deadline()));
        }
        assertThat(door.asked).isEmpty();
    }

    @Test
    void aLinkIsResetUntilItsCodeIsKnown() {
        door.changes.add(Fate.DONE_AND_LOST);
        assertThat(doors().resetLink(FakeDoor.GROUP, deadline())).isEqualTo(new Done<>(new InviteCode("Code2")));
        assertThat(doors().link(FakeDoor.GROUP, deadline())).isEqualTo(new Done<>(new InviteCode("Code2")));
        door.changes.addAll(List.of(Fate.DONE_AND_LOST, Fate.FORBIDDEN));
        assertThat(doors().resetLink(FakeDoor.GROUP, deadline())).isEqualTo(new NoAnswer<>(Silence.UNKNOWN));
        door.changes.add(Fate.FORBIDDEN);
        assertThat(doors().resetLink(FakeDoor.GROUP, deadline()))
                .isEqualTo(new NotDone<>(DoorRefusal.NOT_ALLOWED, 403));
    }

    /** Done means done by us, and not done that it was not, whatever happens on the way. */
    @ParameterizedTest
    @EnumSource(Deed.class)
    void neverTellsWhatIsNotTrue(Deed deed) {
        Random random = new Random(20261126);
        for (int i = 0; i < 20_000; i++) {
            twoWait();
            List<Jid> people = deed == Deed.CANCEL ? List.of(FakeDoor.SELF) : List.of(ANNA, CAROL, BOB);
            if (deed == Deed.CANCEL) {
                door.members.clear();
            }
            if (random.nextBoolean()) {
                door.waiting.add(people.getFirst());
                door.refusals.put(people.getLast(), List.of(419, 429, 500, 9999).get(random.nextInt(4)));
            }
            Set<Jid> pending = deed == Deed.REVOKE ? door.invited : door.waiting;
            Set<Jid> before = Set.copyOf(pending);
            for (int n = random.nextInt(5); n > 0; n--) {
                door.changes.add(Fate.any(random));
                door.queries.add(Fate.ofQuery(random));
            }
            String order = "%s %s %s".formatted(door.changes, door.queries, door.refusals);
            List<DoorOutcome<Jid>> outcomes = deed == Deed.CANCEL
                    ? List.of(doors().cancel(FakeDoor.GROUP, deadline()))
                    : switch (deed) {
                        case APPROVE -> doors().approve(FakeDoor.GROUP, people, deadline());
                        case REJECT -> doors().reject(FakeDoor.GROUP, people, deadline());
                        default -> doors().revoke(FakeDoor.GROUP, people, deadline());
                    };
            for (int n = 0; n < people.size(); n++) {
                Jid person = people.get(n);
                boolean asBefore = pending.contains(person) == before.contains(person);
                boolean holds = switch (outcomes.get(n)) {
                    case Done<Jid>(Jid who) ->
                        who.equals(person)
                                && !pending.contains(person)
                                && (!deed.decision() || before.contains(person))
                                && (deed == Deed.APPROVE) == door.members.contains(person);
                    case NotDone<Jid>(DoorRefusal reason, int code) ->
                        asBefore && (reason != DoorRefusal.NOTHING_PENDING || !before.contains(person));
                    case NoAnswer<Jid>(Silence why) -> asBefore || why == Silence.UNKNOWN;
                };
                assertThat(holds).as(order + person + outcomes.get(n)).isTrue();
            }
        }
    }
}
