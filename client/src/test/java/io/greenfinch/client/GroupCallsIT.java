package io.greenfinch.client;

import static io.greenfinch.client.SessionFixture.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.client.SessionEvent.GroupAction;
import io.greenfinch.client.SessionEvent.GroupMembersChanged;
import io.greenfinch.client.group.CreatedGroup;
import io.greenfinch.client.group.InviteCode;
import io.greenfinch.client.group.Person;
import io.greenfinch.client.stanza.Outcome;
import io.greenfinch.client.stanza.Refusal;
import io.greenfinch.client.stanza.Silence;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The calls about groups that take one request. */
@Timeout(60)
final class GroupCallsIT {

    private SessionFixture fixture;
    private FakeGroups groups;

    @BeforeEach
    void begin() {
        fixture = new SessionFixture();
        groups = new FakeGroups(fixture.server);
    }

    @AfterEach
    void end() {
        fixture.close();
    }

    @Test
    void creatingAGroupTellsWhoCouldNotBeAdded() {
        FakeGroups.link(fixture);
        Jid created = Jid.group("120363000000000099");
        groups.creating(request -> List.of(FakeConnection.result(request)
                .child(groups.metadata(created).toBuilder()
                        .child(Node.element("participant")
                                .attribute("jid", Jid.lid("900000000000003"))
                                .attribute("phone_number", Jid.pn("15550001003"))
                                .attribute("error", 403)))
                .build()));

        Outcome<CreatedGroup> outcome = fixture.session()
                .groups()
                .create("Team", List.of(FakeGroups.BOB, Jid.pn("15550001003")), fixture.soon());

        Person carla = new Person(Optional.of(Jid.pn("15550001003")), Optional.of(Jid.lid("900000000000003")));
        assertThat(outcome.done()).hasValueSatisfying(done -> {
            assertThat(done.group().id()).isEqualTo(created);
            assertThat(done.group().participants()).hasSize(2);
            assertThat(done.missing()).containsExactly(new CreatedGroup.Missing(carla, 403));
        });
        Node request = fixture.awaitStanza(node -> node.child("create").isPresent())
                .child("create")
                .orElseThrow();
        assertThat(request.is("subject", "Team")).isTrue();
        assertThat(request.children("participant")).hasSize(2);
        assertThat(fixture.session().groups().cached(created)).isPresent();
        until(() -> fixture.sink.events.getLast() instanceof GroupMembersChanged made
                && made.action() == GroupAction.CREATED);
    }

    @Test
    void aGroupThatWasNotCreatedIsTold() {
        FakeGroups.link(fixture);
        groups.creating(FakeGroups.refuse(406));
        assertThat(fixture.session().groups().create("", List.of(FakeGroups.BOB), fixture.soon()))
                .isEqualTo(new Outcome.Refused<>(Refusal.OTHER, 406));

        groups.creating(request -> List.of(FakeConnection.result(request).build()));
        assertThat(fixture.session().groups().create("Team", List.of(FakeGroups.BOB), fixture.soon()))
                .isEqualTo(new Outcome.Unknown<>(Silence.UNKNOWN));

        groups.creating(request -> {
            fixture.server.last().cut();
            return List.of();
        });
        assertThat(fixture.session().groups().create("Team", List.of(FakeGroups.BOB), fixture.soon()))
                .as("asking twice would make two groups")
                .isEqualTo(new Outcome.Unknown<>(Silence.UNKNOWN));
    }

    @Test
    void theInviteCodeIsGivenToThoseWhoMayHaveIt() {
        Jid group = groups.add("admin");
        FakeGroups.link(fixture, group);
        groups.inviting(request -> List.of(FakeConnection.result(request)
                .child(Node.element("invite").attribute("code", "AbCdEf"))
                .build()));
        assertThat(fixture.session().groups().inviteLink(group, fixture.soon()))
                .isEqualTo(new Outcome.Done<>(new InviteCode("AbCdEf")));

        groups.inviting(FakeGroups.refuse(401));
        assertThat(fixture.session().groups().inviteLink(group, fixture.soon()))
                .isEqualTo(new Outcome.Refused<>(Refusal.NOT_ALLOWED, 401));
    }
}
