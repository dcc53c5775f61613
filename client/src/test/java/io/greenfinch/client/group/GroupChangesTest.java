package io.greenfinch.client.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.client.stanza.FatedWire.Fate;
import io.greenfinch.client.stanza.Outcome;
import io.greenfinch.client.stanza.Outcome.Done;
import io.greenfinch.client.stanza.Outcome.Refused;
import io.greenfinch.client.stanza.Outcome.Unknown;
import io.greenfinch.client.stanza.Refusal;
import io.greenfinch.client.stanza.Silence;
import io.greenfinch.protocol.binary.Jid;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What became of the wish to change a group, whatever happens to requests and answers. */
final class GroupChangesTest {

    private static final GroupChange LOCKED = new GroupChange.Locked(true);

    private FakeService service = new FakeService();

    private static final GroupChange ADDED = new GroupChange.Member(
            GroupUpdate.Action.ADD, FakeService.GUEST.pn().orElseThrow());

    private Outcome<GroupChange> change(GroupChange wish) {
        return new GroupChanges(service, service)
                .change(FakeService.GROUP, wish, service.clock.instant().plusSeconds(60));
    }

    private Outcome<GroupChange> lock() {
        return change(LOCKED);
    }

    private void knows() {
        service.known = Optional.of(service.group());
    }

    @Test
    void aConfirmedChangeIsDoneWithOneRequest() {
        knows();
        assertThat(lock()).isEqualTo(new Done<>(LOCKED));
        assertThat(service.asked).containsExactly("locked");
    }

    @Test
    void aGroupThatIsNotKnownForSureIsAskedFirst() {
        assertThat(lock()).isEqualTo(new Done<>(LOCKED));
        assertThat(service.asked).containsExactly("query", "locked");
        assertThat(service.known).isPresent();
    }

    @Test
    void ofAGroupWeAreNotInNothingIsAskedFor() {
        service.member = false;
        assertThat(lock()).isEqualTo(new Refused<>(Refusal.NOT_A_MEMBER, 0));
        assertThat(service.asked).containsExactly("query");
        assertThat(service.outside).isTrue();
    }

    @Test
    void whatIsSoAlreadyIsUnchanged() {
        service.locked = true;
        knows();
        assertThat(lock()).isEqualTo(new Refused<>(Refusal.UNCHANGED, 409));
    }

    @Test
    void whoAwaitsApprovalIsNotInTheGroup() {
        knows();
        service.waiting = true;
        assertThat(change(ADDED)).isEqualTo(new Refused<>(Refusal.AWAITS_APPROVAL, 409));
        service.changes.add(Fate.LOST);
        assertThat(change(ADDED)).isEqualTo(new Refused<>(Refusal.AWAITS_APPROVAL, 409));
    }

    @Test
    void anErrorAlthoughItWasDoneIsNoRefusal() {
        knows();
        service.changes.add(Fate.DONE_AND_FORBIDDEN);
        assertThat(lock()).isEqualTo(new Done<>(LOCKED));
        assertThat(service.asked).containsExactly("locked", "query");
    }

    @Test
    void aRateLimitAlthoughItWasDoneIsNoneEither() {
        knows();
        service.changes.add(Fate.DONE_AND_LIMITED);
        assertThat(lock()).isEqualTo(new Done<>(LOCKED));
    }

    @Test
    void aRefusalForWantOfRightsTellsWhichAreMissing() {
        knows();
        service.role = Role.MEMBER;
        assertThat(lock()).isEqualTo(new Refused<>(Refusal.NOT_AN_ADMIN, 401));
        service.role = Role.ADMIN;
        service.changes.add(Fate.FORBIDDEN);
        assertThat(lock()).isEqualTo(new Refused<>(Refusal.NOT_ALLOWED, 403));
        service.member = false;
        assertThat(lock()).isEqualTo(new Refused<>(Refusal.NOT_A_MEMBER, 403));
    }

    private List<Outcome<GroupChange>> changeAll(GroupUpdate.Action action, Jid... people) {
        List<GroupChange.Member> wishes = Arrays.stream(people)
                .map(person -> new GroupChange.Member(action, person))
                .toList();
        return new GroupChanges(service, service)
                .change(FakeService.GROUP, wishes, service.clock.instant().plusSeconds(60));
    }

    @Test
    void oneStanzaIsForManyAndEachHasATruthOfTheirOwn() {
        knows();
        Jid guest = FakeService.GUEST.pn().orElseThrow();
        assertThat(changeAll(GroupUpdate.Action.ADD, FakeService.STRANGER, guest))
                .containsExactly(
                        new Refused<>(Refusal.PRIVACY, 403),
                        new Done<>(new GroupChange.Member(GroupUpdate.Action.ADD, guest)));
        assertThat(service.asked).containsExactly("add");
    }

    @Test
    void ofManyWhoseAnswerIsLostThoseAreDoneWhoAreInNow() {
        knows();
        service.changes.add(Fate.DONE_AND_LOST);
        Jid guest = FakeService.GUEST.pn().orElseThrow();
        assertThat(changeAll(GroupUpdate.Action.ADD, FakeService.STRANGER, guest))
                .containsExactly(
                        new Refused<>(Refusal.PRIVACY, 403),
                        new Done<>(new GroupChange.Member(GroupUpdate.Action.ADD, guest)));
        assertThat(service.asked).containsExactly("add", "query", "add");
    }

    @Test
    void anErrorForAllIsOneForEach() {
        knows();
        service.changes.add(Fate.FORBIDDEN);
        assertThat(changeAll(
                        GroupUpdate.Action.ADD,
                        FakeService.STRANGER,
                        FakeService.GUEST.pn().orElseThrow()))
                .containsExactly(new Refused<>(Refusal.NOT_ALLOWED, 403), new Refused<>(Refusal.NOT_ALLOWED, 403));
    }

    @Test
    void tooManyRequestsWaitAsToldAndGoOn() {
        knows();
        service.changes.addAll(List.of(Fate.LIMITED, Fate.LIMITED));
        assertThat(lock()).isEqualTo(new Done<>(LOCKED));
        assertThat(service.pauses).containsExactly(Duration.ofSeconds(3), Duration.ofSeconds(3));
    }

    @Test
    void aLostAnswerIsLookedForInTheGroup() {
        knows();
        service.changes.add(Fate.DONE_AND_LOST);
        assertThat(lock()).isEqualTo(new Done<>(LOCKED));
        assertThat(service.asked).containsExactly("locked", "query");
    }

    /** News that it was locked by others were on their way when we asked for it. */
    @Test
    void whatWeHadNoRightToDoWasDoneByOthers() {
        service.role = Role.MEMBER;
        knows();
        service.locked = true;
        service.changes.add(Fate.LOST);
        assertThat(lock()).isEqualTo(new Refused<>(Refusal.NOT_AN_ADMIN, 0));
        assertThat(service.asked).containsExactly("locked", "query");
    }

    @Test
    void whatWeHadTheRightToDoIsOursAfterLosingIt() {
        knows();
        service.locked = true;
        service.role = Role.MEMBER;
        service.changes.add(Fate.DONE_AND_LOST);
        assertThat(lock()).isEqualTo(new Done<>(LOCKED));
    }

    /** The news that the guest had left were on their way when we added him. */
    @Test
    void whatTheSessionKnewMayHaveBeenOldWhenTheAnswerGetsLost() {
        service.guest(true);
        knows();
        service.guest(false);
        service.changes.add(Fate.DONE_AND_LOST);
        assertThat(change(ADDED)).isEqualTo(new Unknown<>(Silence.UNKNOWN));
    }

    @Test
    void ofMembersTheVersionTellsThatNothingHasChanged() {
        service.guest(true);
        knows();
        service.changes.add(Fate.LOST);
        assertThat(change(ADDED)).isEqualTo(new Refused<>(Refusal.UNCHANGED, 0));
    }

    @Test
    void whatARepeatFindsDoneWasNotSoWhenWeLooked() {
        service.guest(true);
        knows();
        service.guest(false);
        service.changes.add(Fate.LOST);
        service.meanwhile = () -> service.changes.add(Fate.WELL);
        assertThat(change(ADDED)).isEqualTo(new Done<>(ADDED));
        assertThat(service.asked).containsExactly("add", "query", "add");
    }

    @Test
    void whoIsTakenOutBeforeFindingOutDoesNotKnow() {
        knows();
        service.changes.add(Fate.DONE_AND_LOST);
        service.meanwhile = () -> service.member = false;
        assertThat(lock()).isEqualTo(new Unknown<>(Silence.UNKNOWN));
    }

    @Test
    void ourOwnNotificationEndsTheWaitAtOnce() {
        knows();
        service.changes.add(Fate.DONE_AND_SILENT);
        service.meanwhile = this::tell;
        assertThat(lock()).isEqualTo(new Done<>(LOCKED));
        assertThat(service.asked).containsExactly("locked");
        assertThat(service.pauses).isEmpty();
        assertThat(service.watches).isEmpty();
    }

    @Test
    void aNotificationOfAnotherChangeProvesNothing() {
        knows();
        service.changes.addAll(List.of(Fate.SILENT, Fate.SILENT));
        service.meanwhile = this::tell;
        assertThat(lock()).isEqualTo(new Unknown<>(Silence.UNKNOWN));
    }

    private void tell() {
        List.copyOf(service.watches).forEach(watch -> watch.changed(service.group()));
    }

    @Test
    void anAnswerThatComesWhileWeAskCounts() {
        knows();
        service.changes.add(Fate.DONE_AND_LATE);
        service.queries.add(Fate.SILENT);
        assertThat(lock()).isEqualTo(new Done<>(LOCKED));
        assertThat(service.pauses).containsExactly(Duration.ofSeconds(36));
    }

    @Test
    void aLostRequestIsRepeatedOnce() {
        knows();
        service.changes.add(Fate.LOST);
        assertThat(lock()).isEqualTo(new Done<>(LOCKED));
        assertThat(service.asked).containsExactly("locked", "query", "locked");
    }

    @Test
    void twoServerErrorsAreAServerError() {
        knows();
        service.changes.addAll(List.of(Fate.FAILED, Fate.FAILED));
        assertThat(lock()).isEqualTo(new Refused<>(Refusal.SERVER_ERROR, 500));
        assertThat(service.asked).containsExactly("locked", "query", "locked", "query");
    }

    @Test
    void silenceLeavesTimeToFindOut() {
        knows();
        service.changes.add(Fate.DONE_AND_SILENT);
        assertThat(lock()).isEqualTo(new Done<>(LOCKED));
    }

    @Test
    void whatNobodyTellsIsUnknown() {
        knows();
        service.changes.add(Fate.SILENT);
        service.queries.add(Fate.SILENT);
        assertThat(lock()).isEqualTo(new Unknown<>(Silence.UNKNOWN));
    }

    @Test
    void whatCouldNotBeSentWasNot() {
        service.queries.addAll(Collections.nCopies(100, Fate.NOT_SENT));
        assertThat(lock()).isEqualTo(new Unknown<>(Silence.NOT_SENT));
        service = new FakeService();
        knows();
        service.changes.addAll(Collections.nCopies(100, Fate.NOT_SENT));
        assertThat(lock()).isEqualTo(new Unknown<>(Silence.NOT_SENT));
        assertThat(service.asked).isEmpty();
        assertThat(service.locked).isFalse();
    }

    /** Neither is told untruly that the guest is in by us, nor that he was in before, however old our knowledge is. */
    @Test
    void neverTellsWhatIsNotTrueOfPeople() {
        Random random = new Random(20261128);
        for (int i = 0; i < 20_000; i++) {
            service = new FakeService();
            service.guest(random.nextBoolean());
            if (random.nextInt(3) > 0) {
                knows();
            }
            service.guest(random.nextBoolean());
            boolean before = service.guest;
            for (int n = random.nextInt(5); n > 0; n--) {
                service.changes.add(Fate.any(random));
                service.queries.add(Fate.ofQuery(random));
            }
            String order = "%s %s, was in: %s".formatted(service.changes, service.queries, before);
            switch (change(ADDED)) {
                case Done<GroupChange> done ->
                    assertThat(service.guest).as(order).isTrue();
                case Refused<GroupChange>(Refusal reason, int code, var invitation) ->
                    assertThat(service.guest)
                            .as(order + " " + reason)
                            .isEqualTo(before)
                            .isEqualTo(reason == Refusal.UNCHANGED || before);
                case Unknown<GroupChange> silence ->
                    assertThat(silence.why() == Silence.UNKNOWN || service.guest == before)
                            .as(order + " " + silence)
                            .isTrue();
            }
        }
    }

    /** Done means that the group is so, and not done that it is not so by us, whatever happens on the way. */
    @Test
    void neverTellsWhatIsNotTrue() {
        Random random = new Random(20261126);
        for (int i = 0; i < 20_000; i++) {
            service = new FakeService();
            service.locked = random.nextInt(4) == 0;
            service.member = random.nextInt(10) > 0;
            service.role = random.nextInt(5) > 0 ? Role.ADMIN : Role.MEMBER;
            if (random.nextBoolean()) {
                knows();
            }
            boolean before = service.locked;
            for (int n = random.nextInt(5); n > 0; n--) {
                service.changes.add(Fate.any(random));
                service.queries.add(Fate.ofQuery(random));
            }
            String order = "%s %s, %s, was %s".formatted(service.changes, service.queries, service.role, before);
            Outcome<GroupChange> outcome = lock();
            switch (outcome) {
                case Done<GroupChange> done ->
                    assertThat(service.holds(LOCKED) && !before).as(order).isTrue();
                case Refused<GroupChange>(Refusal reason, int code, var invitation) -> {
                    if (reason == Refusal.UNCHANGED) {
                        assertThat(before).as(order).isTrue();
                    } else if (!before) {
                        assertThat(service.holds(LOCKED))
                                .as(order + " " + reason)
                                .isFalse();
                    }
                }
                case Unknown<GroupChange> silence -> {
                    if (silence.why() == Silence.NOT_SENT || silence.why() == Silence.RATE_LIMITED) {
                        assertThat(service.locked).as(order + " " + silence).isEqualTo(before);
                    }
                }
            }
        }
    }
}
