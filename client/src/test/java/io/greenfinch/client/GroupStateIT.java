package io.greenfinch.client;

import static io.greenfinch.client.SessionFixture.calling;
import static io.greenfinch.client.SessionFixture.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.client.SessionEvent.GroupAction;
import io.greenfinch.client.SessionEvent.GroupMembersChanged;
import io.greenfinch.client.group.Group;
import io.greenfinch.client.group.Person;
import io.greenfinch.client.stanza.Outcome;
import io.greenfinch.client.stanza.Refusal;
import io.greenfinch.client.stanza.Silence;
import io.greenfinch.client.store.StateKind;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The groups a session knows, and what it asks about them. */
@Timeout(60)
final class GroupStateIT {

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
    void theListIsFetchedOnceAfterLinkingAndThenRemembered() {
        Jid group = groups.add("admin");
        FakeGroups.link(fixture, group);
        until(() -> fixture.store.load(SessionFixture.INSTANCE, StateKind.GROUP).size() == 1);
        fixture.restart();
        fixture.awaitOnline();

        assertThat(fixture.session().groups().cached(group)).isPresent();
        fixture.session().groups().find(group, fixture.soon());
        assertThat(fixture.server.received())
                .filteredOn(node -> node.child("participating").isPresent())
                .hasSize(1);
        assertThat(fixture.sink.events)
                .as("what was there before is no event")
                .allMatch(SessionEvent.Linked.class::isInstance);
    }

    @Test
    void aListThatCouldNotBeHadIsAskedForAgainLater() {
        Jid group = groups.add("admin");
        groups.participating(FakeGroups.refuse(429));
        fixture.linked();
        fixture.awaitStanza(node -> node.child("participating").isPresent());
        groups.participatingTruthfully();

        until(() -> {
            fixture.timers.advance(Duration.ofSeconds(1));
            return fixture.session().groups().cached(group).isPresent();
        });
    }

    @Test
    void aGapInTheNotificationsIsClosedByAQuery() {
        Jid group = groups.add("member");
        FakeGroups.link(fixture, group);
        groups.put(group, "admin");
        fixture.server
                .last()
                .send(Node.element("notification")
                        .attribute("from", group)
                        .attribute("type", "w:gp2")
                        .attribute("id", "n1")
                        .attribute("participant", FakeGroups.BOB)
                        .child(Node.element("add")
                                .attribute("v_id", 1795400000000009L)
                                .attribute("prev_v_id", 1795400000000008L)
                                .child(Node.element("participant").attribute("jid", Jid.lid("900000000000003"))))
                        .build());

        until(() -> areAdminOf(group));
        assertThat(groups.queryRequests).hasSize(1);
    }

    @Test
    void aGroupThatCanNotBeHadKeepsNoOtherWaiting() {
        List<Jid> all = List.of(groups.add("member"), groups.add("member"), groups.add("member"));
        FakeGroups.link(fixture, all.toArray(Jid[]::new));
        for (Jid group : all) {
            groups.query(group, FakeGroups.refuse(400));
            groups.put(group, "admin");
            notify(group, Node.element("modify"));
        }
        until(() -> !groups.queryRequests.isEmpty());
        Jid first = groups.queryRequests.getFirst().jid("to").orElseThrow();
        all.stream().filter(group -> !group.equals(first)).forEach(groups::queryTruthfully);

        until(() -> {
            fixture.timers.advance(Duration.ofSeconds(5));
            return all.stream().filter(this::areAdminOf).count() == 2;
        });
        groups.queryTruthfully(first);
        until(() -> {
            fixture.timers.advance(Duration.ofSeconds(5));
            return areAdminOf(first);
        });
    }

    @Test
    void aDoubtThatARestartCameBetweenIsStillResolved() {
        Jid group = groups.add("member");
        FakeGroups.link(fixture, group);
        groups.query(group, request -> List.of());
        notify(group, Node.element("modify"));
        fixture.awaitStanza(node -> node.is("class", "notification"));
        groups.put(group, "admin");
        groups.queryTruthfully(group);
        fixture.restart();

        until(() -> areAdminOf(group));
        until(() -> fixture.store
                .load(SessionFixture.INSTANCE, StateKind.GROUP_DOUBT)
                .isEmpty());
    }

    @Test
    void aMissedRemovalIsFoundByTheQuery() {
        Jid group = groups.add("member");
        FakeGroups.link(fixture, group);
        groups.drop(group);
        notify(group, Node.element("modify"));

        until(() -> fixture.session().groups().cached(group).isEmpty());
        until(() -> fixture.sink.events.getLast() instanceof GroupMembersChanged gone
                && gone.action() == GroupAction.REMOVED
                && gone.actor().isEmpty()
                && gone.self());
    }

    @Test
    void aQueryNeverAnswersFromTheCache() {
        Jid group = groups.add("member");
        FakeGroups.link(fixture, group);
        groups.drop(group);

        assertThat(fixture.session().groups().find(group, fixture.soon()))
                .isEqualTo(new Outcome.Refused<>(Refusal.NOT_A_MEMBER, 403));
    }

    @Test
    void aQueryTellsWhatWhatsAppSays() {
        Jid group = groups.add("member");
        FakeGroups.link(fixture, group);

        assertThat(fixture.session().groups().find(group, fixture.soon()))
                .isInstanceOfSatisfying(
                        Outcome.Done.class,
                        found -> assertThat(((Group) found.value()).subject()).isEqualTo("Group " + group.user()));
        for (int code : new int[] {404, 410}) {
            groups.query(group, FakeGroups.refuse(code));
            assertThat(fixture.session().groups().find(group, fixture.soon()))
                    .isEqualTo(new Outcome.Refused<>(Refusal.GROUP_NOT_FOUND, code));
        }
        groups.query(group, FakeGroups.refuse(400));
        assertThat(fixture.session().groups().find(group, fixture.soon()))
                .isEqualTo(new Outcome.Refused<>(Refusal.OTHER, 400));
        groups.query(group, FakeGroups.refuse(429));
        assertThat(fixture.session().groups().find(group, fixture.soon()))
                .isEqualTo(new Outcome.Unknown<>(Silence.RATE_LIMITED));
    }

    @Test
    void onlyAWholeListWithoutUsMeansThatWeAreOut() {
        Jid group = groups.add("member");
        FakeGroups.link(fixture, group);
        for (int size : new int[] {3, 1}) {
            groups.query(group, request -> {
                Node.Builder shown = Node.element("group")
                        .attribute("id", group.user())
                        .attribute("size", size)
                        .child(Node.element("participant").attribute("jid", FakeGroups.BOB));
                return List.of(FakeConnection.result(request).child(shown).build());
            });
            Outcome<Group> found = fixture.session().groups().find(group, fixture.soon());
            if (size == 1) {
                assertThat(found).isEqualTo(new Outcome.Refused<>(Refusal.NOT_A_MEMBER, 0));
            } else {
                assertThat(found.done())
                        .map(Group::participants)
                        .hasValueSatisfying(people -> assertThat(people).hasSize(1));
            }
        }
    }

    @Test
    void aQueryThatWhatsAppFailsAtIsAskedAgain() {
        Jid group = groups.add("member");
        FakeGroups.link(fixture, group);
        groups.query(group, request -> {
            groups.query(group, again -> {
                groups.queryTruthfully(group);
                return List.of(FakeConnection.result(again).build());
            });
            return List.of(FakeConnection.error(request, 503));
        });
        CompletableFuture<Outcome<Group>> found =
                calling(() -> fixture.session().groups().find(group, fixture.soon()));
        until(() -> {
            fixture.timers.advance(Duration.ofMillis(100));
            return found.isDone();
        });
        assertThat(found.join()).isInstanceOf(Outcome.Done.class);
    }

    @Test
    void aQueryWhoseConnectionIsLostIsAskedAgain() {
        Jid group = groups.add("member");
        FakeGroups.link(fixture, group);
        groups.query(group, request -> {
            groups.queryTruthfully(group);
            fixture.server.last().cut();
            return List.of();
        });

        assertThat(fixture.session().groups().find(group, fixture.soon())).isInstanceOf(Outcome.Done.class);
    }

    @Test
    void aQueryWithoutALinkWaitsForOneUntilTheDeadline() {
        Jid group = groups.add("member");
        FakeGroups.link(fixture, group);
        fixture.server.refuseConnections(true);
        fixture.server.last().cut();
        until(() -> !fixture.session().account().status().online());
        CompletableFuture<Outcome<Group>> lookup =
                calling(() -> fixture.session().groups().find(group, fixture.soon()));
        until(() -> {
            fixture.timers.advance(Duration.ofSeconds(1));
            return lookup.isDone();
        });

        assertThat(lookup.join()).isEqualTo(new Outcome.Unknown<>(Silence.NOT_SENT));
    }

    @Test
    void aSessionWithoutAnAccountSaysSo() {
        assertThat(fixture.session().groups().find(Jid.group("1"), fixture.soon()))
                .isEqualTo(new Outcome.Unknown<>(Silence.NOT_LINKED));
    }

    private boolean areAdminOf(Jid group) {
        return fixture.session()
                .groups()
                .cached(group)
                .orElseThrow()
                .participant(new Person(Optional.of(FakePhone.PN.account()), Optional.empty()))
                .orElseThrow()
                .role()
                .admin();
    }

    private void notify(Jid group, Node.Builder change) {
        fixture.server
                .last()
                .send(Node.element("notification")
                        .attribute("from", group)
                        .attribute("type", "w:gp2")
                        .attribute("id", "n1")
                        .child(change)
                        .build());
    }
}
