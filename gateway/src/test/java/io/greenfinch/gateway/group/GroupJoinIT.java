package io.greenfinch.gateway.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.greenfinch.client.Session;
import io.greenfinch.client.group.GroupChange;
import io.greenfinch.client.group.GroupUpdate.Action;
import io.greenfinch.client.group.Invitation;
import io.greenfinch.client.group.InviteCode;
import io.greenfinch.client.group.InvitedGroup;
import io.greenfinch.client.group.JoinRequest;
import io.greenfinch.client.group.Joined;
import io.greenfinch.client.stanza.Outcome;
import io.greenfinch.client.stanza.Outcome.Done;
import io.greenfinch.client.stanza.Outcome.Refused;
import io.greenfinch.client.stanza.Refusal;
import io.greenfinch.gateway.SimulatedWorld;
import io.greenfinch.protocol.binary.Jid;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How our engine comes into groups by itself and lets others in, against the simulated WhatsApp (specification §16.7). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GroupJoinIT {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Jid ANNA = Jid.pn("15550001001");
    private static final Jid BOB = Jid.pn("15550001002");

    private SimulatedWorld world;
    private Engines engines;
    private Session anna;
    private Session bob;

    @BeforeAll
    void link() {
        world = new SimulatedWorld();
        world.person("Anna", ANNA.user());
        world.person("Bob", BOB.user());
        world.person("Carol", "15550001003");
        engines = new Engines(world);
        anna = engines.link("Anna");
        bob = engines.link("Bob");
    }

    @AfterEach
    void heal() {
        world.clearFaults();
        world.privacy("Bob", "{\"groupadd\":\"all\"}");
    }

    @AfterAll
    void stop() {
        engines.close();
        world.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"pn", "lid"})
    void joinsByLinkUntilTheLinkIsReset(String addressing) {
        Jid group = group(addressing);
        InviteCode code = value(anna.groups().inviteLink(group, deadline()));
        InvitedGroup shown = value(bob.groups().find(code, deadline()));
        assertThat(shown.group().subject()).isEqualTo("Picnic");
        assertThat(shown.size()).isEqualTo(2);
        refused(bob.groups().inviteLink(group, deadline()), Refusal.NOT_A_MEMBER, 403);

        assertThat(bob.groups().join(code, deadline())).isEqualTo(new Done<>(new Joined(group, false)));
        assertThat(world.members(group.toString())).containsExactlyInAnyOrder("Anna", "Carol", "Bob");
        await().atMost(PATIENCE).until(() -> bob.groups().cached(group).isPresent());
        refused(bob.groups().join(code, deadline()), Refusal.ALREADY_A_MEMBER, 0);
        refused(bob.groups().inviteLink(group, deadline()), Refusal.NOT_AN_ADMIN, 401);

        bob.groups().leave(List.of(group), deadline());
        bob.groups().answered(List.of(group), true);
        InviteCode next = value(anna.groups().resetInviteLink(group, deadline()));
        assertThat(next).isNotEqualTo(code);
        refused(bob.groups().find(code, deadline()), Refusal.NO_LONGER_VALID, 410);
        refused(bob.groups().join(code, deadline()), Refusal.NO_LONGER_VALID, 410);
        refused(bob.groups().join(new InviteCode("AAAAAAAAAAAAAAAAAAAAAA"), deadline()), Refusal.NOT_VALID, 406);
        assertThat(bob.groups().join(next, deadline())).isEqualTo(new Done<>(new Joined(group, false)));

        assertThat(anna.groups().change(group, new GroupChange.Member(Action.REMOVE, BOB), deadline()))
                .isInstanceOf(Done.class);
        await().atMost(PATIENCE).until(() -> bob.groups().cached(group).isEmpty());
        refused(bob.groups().join(next, deadline()), Refusal.REMOVED_EARLIER, 405);
    }

    @ParameterizedTest
    @ValueSource(strings = {"pn", "lid"})
    void asksToBeLetInAndIsDecidedAbout(String addressing) {
        Jid group = group(addressing);
        InviteCode code = value(anna.groups().inviteLink(group, deadline()));
        assertThat(anna.groups().change(group, new GroupChange.Approval(true), deadline()))
                .isInstanceOf(Done.class);
        Done<Joined> waits = new Done<>(new Joined(group, true));

        assertThat(bob.groups().join(code, deadline())).isEqualTo(waits);
        refused(bob.groups().join(code, deadline()), Refusal.AWAITS_APPROVAL, 409);
        refused(bob.groups().joinRequests(group, deadline()), Refusal.NOT_A_MEMBER, 403);
        assertThat(value(anna.groups().joinRequests(group, deadline())))
                .singleElement()
                .satisfies(request -> {
                    assertThat(request.person().is(BOB)).isTrue();
                    assertThat(request.method()).isEqualTo(JoinRequest.Method.INVITE_LINK);
                    assertThat(request.at()).isAfter(Instant.now().minusSeconds(60));
                });
        assertThat(bob.groups().cancel(group, deadline())).isInstanceOf(Done.class);
        refused(bob.groups().cancel(group, deadline()), Refusal.NOTHING_PENDING, 404);
        assertThat(value(anna.groups().joinRequests(group, deadline()))).isEmpty();

        assertThat(bob.groups().join(code, deadline())).isEqualTo(waits);
        assertThat(anna.groups().reject(group, List.of(BOB, ANNA), deadline()))
                .containsExactly(new Done<>(BOB), new Refused<>(Refusal.NOTHING_PENDING, 404));
        assertThat(bob.groups().join(code, deadline())).isEqualTo(waits);
        assertThat(anna.groups().approve(group, List.of(BOB), deadline())).containsExactly(new Done<>(BOB));
        await().atMost(PATIENCE).until(() -> bob.groups().cached(group).isPresent());
    }

    @ParameterizedTest
    @ValueSource(strings = {"pn", "lid"})
    void comesInWithAnInvitation(String addressing) {
        Jid group = group(addressing);
        Invitation first = invitation(group);
        assertThat(anna.groups().revoke(group, List.of(BOB), deadline())).containsExactly(new Done<>(BOB));
        assertThat(anna.groups().revoke(group, List.of(BOB), deadline()))
                .containsExactly(new Refused<>(Refusal.NOTHING_PENDING, 404));
        refused(bob.groups().join(first, deadline()), Refusal.NOT_VALID, 406);

        Invitation second = invitation(group);
        assertThat(value(bob.groups().find(second, deadline())).group().id()).isEqualTo(group);
        assertThat(bob.groups().join(second, deadline())).isEqualTo(new Done<>(new Joined(group, false)));
        assertThat(world.members(group.toString())).contains("Bob");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatIsCutOffIsFoundOut(boolean processed) {
        Jid group = group("lid");
        InviteCode code = value(anna.groups().inviteLink(group, deadline()));
        cut("invite", processed);
        InviteCode next = value(anna.groups().resetInviteLink(group, deadline()));
        assertThat(next).isNotEqualTo(code).isEqualTo(value(anna.groups().inviteLink(group, deadline())));

        anna.groups().change(group, new GroupChange.Approval(true), deadline());
        cut("invite", processed);
        assertThat(bob.groups().join(next, deadline())).isEqualTo(new Done<>(new Joined(group, true)));
        cut("cancel_membership_requests", processed);
        assertThat(bob.groups().cancel(group, deadline())).isInstanceOf(Done.class);

        bob.groups().join(next, deadline());
        cut("membership_requests_action", processed);
        assertThat(anna.groups().reject(group, List.of(BOB), deadline())).containsExactly(new Done<>(BOB));
        bob.groups().join(next, deadline());
        cut("membership_requests_action", processed);
        assertThat(anna.groups().approve(group, List.of(BOB), deadline())).containsExactly(new Done<>(BOB));
        assertThat(world.members(group.toString())).contains("Bob");

        bob.groups().leave(List.of(group), deadline());
        bob.groups().answered(List.of(group), true);
        anna.groups().change(group, new GroupChange.Approval(false), deadline());
        cut("invite", processed);
        assertThat(bob.groups().join(next, deadline())).isEqualTo(new Done<>(new Joined(group, false)));
    }

    @Test
    void aDescriptionIsSetAndTakenAway() {
        Jid group = group("lid");
        for (String text : List.of("Bring salad", "Bring cake", "")) {
            assertThat(anna.groups()
                            .change(
                                    group,
                                    new GroupChange.Description(text.isEmpty() ? "" : "3EB0" + text.hashCode(), text),
                                    deadline()))
                    .isInstanceOf(Done.class);
            assertThat(world.shown(group.toString()).path("description").stringValue(""))
                    .isEqualTo(text);
            await().atMost(PATIENCE)
                    .until(() -> anna.groups()
                            .cached(group)
                            .orElseThrow()
                            .settings()
                            .description()
                            .equals(text));
        }
    }

    private Jid group(String addressing) {
        return Jid.parse(world.group("Picnic", "Anna", "Carol", ",\"addressing\":\"" + addressing + "\""))
                .orElseThrow();
    }

    /** Bob lets nobody add him, so that Anna gets something to invite him with. */
    private Invitation invitation(Jid group) {
        world.privacy("Bob", "{\"groupadd\":\"none\"}");
        Outcome<GroupChange> outcome = anna.groups().change(group, new GroupChange.Member(Action.ADD, BOB), deadline());
        assertThat(outcome).isInstanceOf(Refused.class);
        Outcome.AddRequest given = ((Refused<GroupChange>) outcome).invitation().orElseThrow();
        return new Invitation(group, ANNA, given.code(), given.expires());
    }

    private void cut(String child, boolean processed) {
        world.fault("{\"kind\":\"cut\",\"xmlns\":\"w:g2\",\"type\":\"set\",\"child\":\"" + child + "\",\"processed\":"
                + processed + "}");
    }

    private static <T> T value(Outcome<T> outcome) {
        assertThat(outcome).isInstanceOf(Done.class);
        return ((Done<T>) outcome).value();
    }

    private static void refused(Outcome<?> outcome, Refusal reason, int code) {
        assertThat(outcome).isEqualTo(new Refused<>(reason, code));
    }

    private static Instant deadline() {
        return Instant.now().plus(PATIENCE);
    }
}
