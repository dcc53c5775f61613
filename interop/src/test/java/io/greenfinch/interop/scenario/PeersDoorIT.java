package io.greenfinch.interop.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.greenfinch.interop.peer.PeerEvent.Kind;
import io.greenfinch.interop.peer.PeerEvent.LinkReset;
import io.greenfinch.interop.peer.PeerEvent.Requested;
import io.greenfinch.interop.peer.PeerEvent.SettingChanged;
import io.greenfinch.interop.peer.PeerEvent.Unknown;
import io.greenfinch.interop.peer.PeerGroup;
import io.greenfinch.interop.peer.PeerInvitation;
import io.greenfinch.interop.peer.PeerKind;
import io.greenfinch.interop.peer.PeerRefusedException;
import io.greenfinch.interop.service.SimulatorAdmin;
import io.greenfinch.simulator.Simulator;
import io.greenfinch.simulator.SimulatorSettings;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How Baileys and whatsmeow come into groups on the simulator by themselves, and let each other in (specification §16.7, §18). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@NeedsPeers
class PeersDoorIT {
    private static final String SCENARIOS = "io.greenfinch.interop.scenario.Casting#clientsAndModes";

    private Simulator simulator;
    private SimulatorAdmin admin;
    private Cast cast;

    @BeforeAll
    void link() {
        simulator = Simulator.start(SimulatorSettings.defaults());
        admin = new SimulatorAdmin(simulator.adminUrl());
        cast = Cast.link(admin);
    }

    @AfterAll
    void stop() {
        cast.close();
        simulator.close();
    }

    @ParameterizedTest
    @MethodSource(SCENARIOS)
    void joinsByLinkUntilTheLinkIsReset(PeerKind kind, String mode) {
        Actor creator = cast.first(kind);
        Actor member = cast.without(creator).get(0);
        Actor joining = cast.without(creator).get(1);
        Actor late = cast.without(creator).get(2);
        String group = create(mode, creator, member);

        refused(401, () -> member.peer().inviteCode(group));
        refused(403, () -> joining.peer().inviteCode(group));
        String code = creator.peer().inviteCode(group);
        for (Actor stranger : List.of(joining, late)) {
            PeerGroup shown = stranger.peer().inviteInfo(code);
            assertThat(shown.id()).isEqualTo(group);
            assertThat(shown.subject()).isEqualTo("Picnic");
        }
        joining.peer().join(code);
        assertThat(joining.awaitJoined(group).roleOf(joining.person())).hasValue("member");
        member.awaitChange(group, Kind.ADD, joining.person(), joining.person());
        refused(304, () -> joining.peer().join(code));

        String next = creator.peer().resetInvite(group);
        assertThat(next).isNotEqualTo(code);
        creator.peer()
                .await(
                        LinkReset.class,
                        event -> event.group().equals(group) && event.code().equals(next));
        refused(410, () -> late.peer().inviteInfo(code));
        refused(410, () -> late.peer().join(code));
        refused(406, () -> late.peer().join("AAAAAAAAAAAAAAAAAAAAAA"));
        refused(406, () -> late.peer().inviteInfo("AAAAAAAAAAAAAAAAAAAAAA"));
        cast.awaitQuiet();
        assertThat(member.peer().seen(LinkReset.class))
                .noneMatch(event -> event.group().equals(group));
        creator.peer().change(group, Kind.REMOVE, joining.person().pn());
        refused(405, () -> joining.peer().join(next));
    }

    @ParameterizedTest
    @MethodSource(SCENARIOS)
    void letsAnAdminDecideWhoComesIn(PeerKind kind, String mode) {
        Actor creator = cast.first(kind);
        Actor member = cast.without(creator).get(0);
        Actor welcome = cast.without(creator).get(1);
        Actor unwelcome = cast.without(creator).get(2);
        String group = create(mode, creator, member);
        String code = creator.peer().inviteCode(group);
        creator.peer().approval(group, true);
        assertThat(admin.group(group).get("approval").asBoolean()).isTrue();
        assertThat(creator.peer().joinRequests(group)).isEmpty();

        welcome.peer().join(code);
        unwelcome.peer().join(code);
        refused(409, () -> welcome.peer().join(code));
        refused(403, () -> welcome.peer().group(group));

        assertThat(creator.peer().joinRequests(group))
                .containsExactly(
                        welcome.person().jidIn(mode), unwelcome.person().jidIn(mode));
        refused(401, () -> member.peer().joinRequests(group));
        refused(401, () -> member.peer().decide(group, true, welcome.person().jidIn(mode)));
        refused(403, () -> welcome.peer().joinRequests(group));

        assertThat(creator.peer().decide(group, true, welcome.person().jidIn(mode)))
                .containsExactlyEntriesOf(Map.of(welcome.person().jidIn(mode), 200));
        assertThat(welcome.awaitJoined(group).roleOf(creator.person())).hasValue("superadmin");
        member.awaitChange(group, Kind.ADD, creator.person(), welcome.person());
        assertThat(creator.peer()
                        .decide(
                                group,
                                false,
                                unwelcome.person().pn(),
                                welcome.person().pn()))
                .containsOnlyKeys(
                        unwelcome.person().jidIn(mode), welcome.person().jidIn(mode))
                .containsEntry(unwelcome.person().jidIn(mode), 200)
                .containsEntry(welcome.person().jidIn(mode), 404);
        assertThat(creator.peer().joinRequests(group)).isEmpty();
        refused(403, () -> unwelcome.peer().group(group));
        sees(creator, group, "created_membership_requests", "created", welcome);
        sees(creator, group, "revoked_membership_requests", "rejected", unwelcome);
        if (member.peer().kind() == PeerKind.BAILEYS) {
            member.peer()
                    .await(
                            SettingChanged.class,
                            event -> event.group().equals(group) && event.name().equals("approval") && event.on());
        }

        creator.peer().approval(group, false);
        unwelcome.peer().join(code);
        unwelcome.awaitJoined(group);
    }

    @ParameterizedTest
    @MethodSource(SCENARIOS)
    void asksTheAdminsWhenAMemberAddsSomebody(PeerKind kind, String mode) {
        Actor member = cast.first(kind);
        Actor creator = cast.without(member).get(0);
        Actor added = cast.without(member).get(1);
        String group = create(mode, creator, member);
        creator.peer().approval(group, true);

        assertThat(member.peer().change(group, Kind.ADD, added.person().pn())).containsValue(202);
        assertThat(creator.peer().joinRequests(group))
                .containsExactly(added.person().jidIn(mode));
        creator.peer().decide(group, true, added.person().jidIn(mode));
        added.awaitJoined(group);
        member.awaitChange(group, Kind.ADD, creator.person(), added.person());
    }

    @ParameterizedTest
    @MethodSource(SCENARIOS)
    void comesInWithAnInvitationMessage(PeerKind kind, String mode) {
        Actor invited = cast.first(kind);
        Actor creator = cast.without(invited).get(0);
        Actor other = cast.without(invited).get(1);
        String group = create(mode, creator);
        admin.addableBy(invited.person().pn(), "none");
        try {
            PeerInvitation invitation =
                    creator.peer().invite(group, invited.person().pn());
            assertThat(invitation.refusal()).isEqualTo(403);
            refused(406, () -> other.peer().accept(group, creator.person().pn(), invitation));
            invited.peer().accept(group, creator.person().pn(), invitation);
            invited.awaitJoined(group);
            creator.awaitChange(group, Kind.ADD, invited.person(), invited.person());
        } finally {
            admin.addableBy(invited.person().pn(), "all");
        }
    }

    /** whatsmeow does not know these notifications, and says so. */
    private static void sees(Actor actor, String group, String tag, String what, Actor whom) {
        if (actor.peer().kind() == PeerKind.WHATSMEOW) {
            actor.peer()
                    .await(
                            Unknown.class,
                            event -> event.group().equals(group) && event.tag().equals(tag));
        } else {
            actor.peer()
                    .await(
                            Requested.class,
                            event -> event.group().equals(group)
                                    && event.what().equals(what)
                                    && whom.person().isNamed(event.person()));
        }
    }

    private static void refused(int code, ThrowingCallable request) {
        assertThatExceptionOfType(PeerRefusedException.class)
                .isThrownBy(request)
                .satisfies(refusal -> assertThat(refusal.code()).isEqualTo(code));
    }

    private String create(String mode, Actor creator, Actor... others) {
        admin.newGroupsAre(mode);
        String[] people =
                List.of(others).stream().map(actor -> actor.person().pn()).toArray(String[]::new);
        return creator.peer().createGroup("Picnic", people).id();
    }
}
