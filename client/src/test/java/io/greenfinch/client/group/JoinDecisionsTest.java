package io.greenfinch.client.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

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
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What became of decisions about people at the door, whatever happens to requests and answers. */
final class JoinDecisionsTest {

    static final Jid ANNA = Jid.lid("900000000000002");
    private static final Jid BOB = Jid.lid("900000000000003");
    private static final Jid CAROL = Jid.lid("900000000000004");

    private FakeJoining door = new FakeJoining();

    @BeforeEach
    void twoWait() {
        door = new FakeJoining();
        door.members.add(FakeJoining.SELF);
        door.waiting.addAll(List.of(ANNA, BOB));
        door.invited.addAll(List.of(ANNA, BOB));
    }

    private Groups groups() {
        return sessionGroups(() -> Optional.of(FakeJoining.SELF));
    }

    private Instant deadline() {
        return door.clock.instant().plusSeconds(60);
    }

    private List<Outcome<Jid>> approve(Jid... people) {
        return groups().approve(FakeJoining.GROUP, List.of(people), deadline());
    }

    @Test
    void listsThoseWhoWait() {
        Person anna = Person.of(Optional.of(ANNA), Optional.empty()).orElseThrow();
        door.waiting.remove(BOB);
        assertThat(groups().joinRequests(FakeJoining.GROUP, deadline()))
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
                        new Refused<>(Refusal.GROUP_FULL, 419),
                        new Refused<>(Refusal.NOTHING_PENDING, 404),
                        new Done<>(ANNA));
        assertThat(door.members).containsExactly(FakeJoining.SELF, ANNA);
        assertThat(door.asked).containsExactly("membership_approval_requests", "membership_requests_action");
    }

    @Test
    void whoMayNotDecideIsToldWhy() {
        door.role = Role.MEMBER;
        assertThat(approve(ANNA)).containsExactly(new Refused<>(Refusal.NOT_AN_ADMIN, 401));
        door.members.remove(FakeJoining.SELF);
        assertThat(approve(ANNA)).containsExactly(new Refused<>(Refusal.NOT_A_MEMBER, 403));
        assertThat(groups().revoke(FakeJoining.GROUP, List.of(ANNA), deadline()))
                .containsExactly(new Refused<>(Refusal.NOT_A_MEMBER, 403));
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
        assertThat(groups().reject(FakeJoining.GROUP, List.of(BOB), deadline())).containsExactly(new Done<>(BOB));
        assertThat(door.members).doesNotContain(BOB);
    }

    @Test
    void whatAnotherAdminDecidedMeanwhileIsNotOurs() {
        door.changes.add(Fate.LOST);
        door.meanwhile = () -> {
            door.waiting.remove(ANNA);
            door.members.add(ANNA);
        };
        assertThat(groups().reject(FakeJoining.GROUP, List.of(ANNA), deadline()))
                .containsExactly(new Refused<>(Refusal.NOTHING_PENDING, 0));
        door.changes.add(Fate.LOST);
        door.meanwhile = () -> door.waiting.remove(BOB);
        assertThat(approve(BOB))
                .as("he may have come in and gone again")
                .containsExactly(new Unknown<>(Silence.UNKNOWN));
    }

    @Test
    void oneAnswerIsNotBelievedAboutTwo() {
        door.unclear = true;
        assertThat(approve(ANNA, BOB)).containsOnly(new Unknown<>(Silence.UNKNOWN));
        assertThat(approve(ANNA))
                .as("about one, it may use a name that we did not")
                .containsExactly(new Done<>(ANNA));
    }

    @Test
    void aRefusalOfARepeatIsOneOnlyWhereAllIsAsItWas() {
        door.changes.add(Fate.DONE_AND_LOST);
        door.meanwhile = () -> door.refusals.put(ANNA, 401);
        assertThat(groups().revoke(FakeJoining.GROUP, List.of(ANNA), deadline()))
                .containsExactly(new Unknown<>(Silence.UNKNOWN));
        door.changes.add(Fate.LOST);
        door.meanwhile = () -> door.refusals.put(BOB, 419);
        assertThat(approve(BOB)).containsExactly(new Refused<>(Refusal.GROUP_FULL, 419));
    }

    @Test
    void twoFailuresWithAllAsItWasAreAServerError() {
        door.changes.addAll(List.of(Fate.FAILED, Fate.FAILED));
        assertThat(approve(ANNA)).containsExactly(new Refused<>(Refusal.SERVER_ERROR, 500));
    }

    @Test
    void oneWhoIsLimitedIsAskedForAgainAlone() {
        door.refusals.put(ANNA, 429);
        assertThat(approve(ANNA, BOB)).containsExactly(new Done<>(ANNA), new Done<>(BOB));
        assertThat(door.members).containsExactly(FakeJoining.SELF, BOB, ANNA);
    }

    @Test
    void whoOneSideDecidedAndTheOtherAskedForIsNotOurs() {
        door.changes.add(Fate.LOST);
        door.waiting.remove(ANNA);
        assertThat(groups().reject(FakeJoining.GROUP, List.of(ANNA), deadline()))
                .as("nobody knows whether she had asked when the stanza came")
                .containsExactly(new Unknown<>(Silence.UNKNOWN));
    }

    @Test
    void ourOwnRequestIsTakenBackOnce() {
        door.members.clear();
        door.waiting.add(FakeJoining.SELF);
        door.changes.add(Fate.DONE_AND_LOST);
        assertThat(groups().cancel(FakeJoining.GROUP, deadline())).isEqualTo(new Done<>(FakeJoining.SELF));
        assertThat(door.waiting).containsExactly(ANNA, BOB);
        assertThat(groups().cancel(FakeJoining.GROUP, deadline()))
                .isEqualTo(new Refused<>(Refusal.NOTHING_PENDING, 404));
        assertThat(sessionGroups(Optional::empty).cancel(FakeJoining.GROUP, deadline()))
                .isEqualTo(new Unknown<>(Silence.NOT_LINKED));
    }

    @Test
    void whoCameInMeanwhileWasNotTurnedBack() {
        door.changes.add(Fate.LOST);
        door.meanwhile = () -> {
            door.invited.remove(ANNA);
            door.members.add(ANNA);
        };
        assertThat(groups().revoke(FakeJoining.GROUP, List.of(ANNA, BOB), deadline()))
                .containsExactly(new Refused<>(Refusal.NOTHING_PENDING, 404), new Done<>(BOB));

        door.members.clear();
        door.waiting.add(FakeJoining.SELF);
        door.changes.add(Fate.LOST);
        door.meanwhile = () -> {
            door.waiting.remove(FakeJoining.SELF);
            door.members.add(FakeJoining.SELF);
        };
        assertThat(groups().cancel(FakeJoining.GROUP, deadline()))
                .isEqualTo(new Refused<>(Refusal.NOTHING_PENDING, 404));
    }

    @Test
    void onlyDistinctAccountsAreTaken() {
        for (List<Jid> people : List.of(
                List.<Jid>of(),
                List.of(ANNA, ANNA),
                List.of(FakeJoining.GROUP),
                List.of(new Jid("900000000000002", 3, Jid.LIDS, 0)),
                Collections.nCopies(Groups.MAX_PEOPLE + 1, ANNA))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> groups().revoke(FakeJoining.GROUP, people, deadline()));
        }
        assertThat(door.asked).isEmpty();
    }

    @Test
    void aLinkIsResetUntilItsCodeIsKnown() {
        door.changes.add(Fate.DONE_AND_LOST);
        assertThat(groups().resetInviteLink(FakeJoining.GROUP, deadline()))
                .isEqualTo(new Done<>(new InviteCode("Code2")));
        assertThat(groups().inviteLink(FakeJoining.GROUP, deadline())).isEqualTo(new Done<>(new InviteCode("Code2")));
        door.changes.addAll(List.of(Fate.DONE_AND_LOST, Fate.FORBIDDEN));
        assertThat(groups().resetInviteLink(FakeJoining.GROUP, deadline())).isEqualTo(new Unknown<>(Silence.UNKNOWN));
        door.changes.add(Fate.FORBIDDEN);
        assertThat(groups().resetInviteLink(FakeJoining.GROUP, deadline()))
                .isEqualTo(new Refused<>(Refusal.NOT_ALLOWED, 403));
    }

    /** Done means done by us, and not done that it was not, whatever happens on the way. */
    @ParameterizedTest
    @EnumSource(Decision.class)
    void neverTellsWhatIsNotTrue(Decision decision) {
        Random random = new Random(20261126);
        for (int i = 0; i < 20_000; i++) {
            twoWait();
            List<Jid> people = decision == Decision.CANCEL ? List.of(FakeJoining.SELF) : List.of(ANNA, CAROL, BOB);
            if (decision == Decision.CANCEL) {
                door.members.clear();
            }
            if (random.nextBoolean()) {
                door.waiting.add(people.getFirst());
                door.refusals.put(people.getLast(), List.of(419, 429, 500, 9999).get(random.nextInt(4)));
            }
            Set<Jid> pending = decision == Decision.REVOKE ? door.invited : door.waiting;
            Set<Jid> before = Set.copyOf(pending);
            for (int n = random.nextInt(5); n > 0; n--) {
                Fate fate = Fate.any(random);
                // Whether an error hides that something was taken back, no question tells.
                boolean hidden = !decision.byAdmins() && fate == Fate.DONE_AND_FORBIDDEN;
                door.changes.add(hidden ? Fate.FORBIDDEN : fate);
                door.queries.add(Fate.ofQuery(random));
            }
            String order = "%s %s %s".formatted(door.changes, door.queries, door.refusals);
            List<Outcome<Jid>> outcomes = decision == Decision.CANCEL
                    ? List.of(groups().cancel(FakeJoining.GROUP, deadline()))
                    : switch (decision) {
                        case APPROVE -> groups().approve(FakeJoining.GROUP, people, deadline());
                        case REJECT -> groups().reject(FakeJoining.GROUP, people, deadline());
                        default -> groups().revoke(FakeJoining.GROUP, people, deadline());
                    };
            for (int n = 0; n < people.size(); n++) {
                Jid person = people.get(n);
                boolean asBefore = pending.contains(person) == before.contains(person);
                boolean holds = switch (outcomes.get(n)) {
                    case Done<Jid>(Jid who) ->
                        who.equals(person)
                                && !pending.contains(person)
                                && (!decision.byAdmins() || before.contains(person))
                                && (decision == Decision.APPROVE) == door.members.contains(person);
                    case Refused<Jid>(Refusal reason, int code, var none) ->
                        asBefore && (reason != Refusal.NOTHING_PENDING || !before.contains(person));
                    case Unknown<Jid>(Silence why) -> asBefore || why == Silence.UNKNOWN;
                };
                assertThat(holds).as(order + person + outcomes.get(n)).isTrue();
            }
        }
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
