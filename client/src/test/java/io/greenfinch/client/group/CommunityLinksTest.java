package io.greenfinch.client.group;

import static io.greenfinch.client.group.FakeCommunity.CHESS;
import static io.greenfinch.client.group.FakeCommunity.CHOIR;
import static io.greenfinch.client.group.FakeCommunity.COMMUNITY;
import static io.greenfinch.client.group.FakeCommunity.NOBODY;
import static io.greenfinch.client.group.FakeCommunity.TAKEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.greenfinch.client.HostileStanzas;
import io.greenfinch.client.stanza.FatedWire.Fate;
import io.greenfinch.client.stanza.Outcome;
import io.greenfinch.client.stanza.Outcome.Done;
import io.greenfinch.client.stanza.Outcome.Refused;
import io.greenfinch.client.stanza.Outcome.Unknown;
import io.greenfinch.client.stanza.Refusal;
import io.greenfinch.client.stanza.Silence;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What became of the wish to put groups into a community or to take them out, whatever happens to requests and answers. */
final class CommunityLinksTest {

    private FakeCommunity service = new FakeCommunity();

    private Communities communities() {
        return new SessionCommunities(service, service, new SecureRandom());
    }

    private Instant deadline() {
        return service.clock.instant().plusSeconds(60);
    }

    private List<Outcome<Jid>> link(Jid... groups) {
        return communities().link(COMMUNITY, List.of(groups), deadline());
    }

    private List<Outcome<Jid>> unlink(Jid... groups) {
        return communities().unlink(COMMUNITY, List.of(groups), deadline());
    }

    @Test
    void everyGroupHasATruthOfItsOwn() {
        service.linked.add(CHESS.toString());
        assertThat(link(CHOIR, CHESS, TAKEN, NOBODY))
                .containsExactly(
                        new Done<>(CHOIR),
                        new Refused<>(Refusal.UNCHANGED, 409),
                        new Refused<>(Refusal.LINKED_ELSEWHERE, 409),
                        new Refused<>(Refusal.GROUP_NOT_FOUND, 404));
        assertThat(service.asked).containsExactly("sub_groups", "links");
        assertThat(unlink(CHOIR, TAKEN)).containsExactly(new Done<>(CHOIR), new Refused<>(Refusal.UNCHANGED, 404));
    }

    @Test
    void whatIsNoCommunityHasNoGroups() {
        service.community = false;
        assertThat(link(CHOIR)).containsExactly(new Refused<>(Refusal.NOT_A_COMMUNITY, 404));
        assertThat(communities().groups(COMMUNITY, deadline())).isEqualTo(new Refused<>(Refusal.NOT_A_COMMUNITY, 404));
        assertThat(service.asked).doesNotContain("links");
    }

    @Test
    void rightsAreWantedInTheCommunityAndInTheGroup() {
        service.groupRole = Role.MEMBER;
        assertThat(link(CHOIR)).containsExactly(new Refused<>(Refusal.NOT_AN_ADMIN, 401));
        service.role = Role.MEMBER;
        assertThat(link(CHOIR)).containsExactly(new Refused<>(Refusal.NOT_AN_ADMIN, 401));
        service.member = false;
        assertThat(unlink(CHOIR)).containsExactly(new Refused<>(Refusal.NOT_A_MEMBER, 403));
    }

    @ParameterizedTest
    @EnumSource(
            value = Fate.class,
            names = {"DONE_AND_LOST", "LOST", "DONE_AND_SILENT", "DONE_AND_FAILED", "FAILED", "DONE_AND_FORBIDDEN"})
    void whatBecameOfALostAnswerIsFoundOut(Fate fate) {
        service.changes.add(fate);
        assertThat(link(CHOIR, CHESS)).containsExactly(new Done<>(CHOIR), new Done<>(CHESS));
        service.changes.add(fate);
        assertThat(unlink(CHOIR)).containsExactly(new Done<>(CHOIR));
        assertThat(service.linked).containsExactly(CHESS.toString());
    }

    @Test
    void twoFailuresAreAServerError() {
        service.changes.addAll(List.of(Fate.FAILED, Fate.FAILED));
        assertThat(link(CHOIR)).containsExactly(new Refused<>(Refusal.SERVER_ERROR, 500));
    }

    @Test
    void whatNobodyTellsIsUnknown() {
        service.queries.addAll(List.of(Fate.WELL, Fate.SILENT));
        service.changes.add(Fate.SILENT);
        assertThat(link(CHOIR)).containsExactly(new Unknown<>(Silence.UNKNOWN));
    }

    @Test
    void neverTellsWhatIsNotTrue() {
        Random random = new Random(20261130);
        for (int i = 0; i < 20_000; i++) {
            service = new FakeCommunity();
            boolean in = random.nextBoolean();
            if (random.nextBoolean()) {
                service.linked.add(CHOIR.toString());
            }
            boolean before = service.has(CHOIR);
            for (int n = random.nextInt(5); n > 0; n--) {
                service.changes.add(Fate.any(random));
                service.queries.add(Fate.ofQuery(random));
            }
            String order = "%s %s, to be in: %s, was in: %s".formatted(service.changes, service.queries, in, before);
            switch ((in ? link(CHOIR) : unlink(CHOIR)).getFirst()) {
                case Done<Jid> done -> {
                    assertThat(service.has(CHOIR)).as(order).isEqualTo(in);
                    assertThat(before).as(order).isNotEqualTo(in);
                }
                case Refused<Jid> refused ->
                    assertThat(service.has(CHOIR)).as(order + refused).isEqualTo(before);
                case Unknown<Jid> unknown ->
                    assertThat(unknown.why() == Silence.UNKNOWN || service.has(CHOIR) == before)
                            .as(order + unknown)
                            .isTrue();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 101})
    void noneAndTooManyCanNotBeNamed(int number) {
        List<Jid> groups = IntStream.range(0, number)
                .mapToObj(i -> Jid.group(Integer.toString(i)))
                .toList();
        assertThatThrownBy(() -> communities().link(COMMUNITY, groups, deadline()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatIsListedIsReadInEveryForm() {
        Node iq = Node.element("iq")
                .child(Node.element("sub_groups")
                        .child(Node.element("group")
                                .attribute("id", CHOIR.user())
                                .attribute("subject", "Choir")
                                .attribute("size", 12)
                                .child(Node.empty("default_sub_group")))
                        .child(Node.element("group").attribute("jid", CHESS).attribute("size", "many"))
                        .child(Node.element("group").attribute("id", "nobody@s.whatsapp.net")))
                .build();
        assertThat(CommunityStanzas.listed(iq))
                .hasValue(List.of(
                        new CommunityGroup(CHOIR, "Choir", true, OptionalInt.of(12)),
                        new CommunityGroup(CHESS, "", false, OptionalInt.empty())));
        assertThat(CommunityStanzas.listed(Node.empty("iq"))).isEmpty();
    }

    @Test
    void nonsenseIsNoAnswer() {
        HostileStanzas stanzas = new HostileStanzas(20261130);
        for (int i = 0; i < 20_000; i++) {
            List<Node> inside = stanzas.groupNotification().children();
            Node iq = Node.element("iq")
                    .child(Node.element("sub_groups").children(inside))
                    .child(Node.element("links").child(Node.element("link").children(inside)))
                    .child(Node.element("unlink").children(inside))
                    .build();
            assertThat(CommunityStanzas.listed(iq).orElseThrow())
                    .allSatisfy(group -> assertThat(group.id().isGroup()).isTrue());
            assertThatCode(() -> {
                        CommunityStanzas.code(true, CHOIR, iq);
                        CommunityStanzas.code(false, CHOIR, iq);
                    })
                    .doesNotThrowAnyException();
        }
    }
}
