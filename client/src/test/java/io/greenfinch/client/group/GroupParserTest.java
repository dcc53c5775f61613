package io.greenfinch.client.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class GroupParserTest {

    private static final Jid GROUP = Jid.group("120363000000000001");
    private static final Jid ANNA_LID = Jid.lid("900000000000001");
    private static final Jid ANNA_PN = Jid.pn("15550001001");

    @Test
    void readsEverythingOfALidGroup() {
        Group group = parse(Node.element("group")
                .attribute("id", "120363000000000001")
                .attribute("subject", "Holiday")
                .attribute("creation", 1795400000)
                .attribute("creator", ANNA_LID)
                .attribute("creator_pn", ANNA_PN)
                .attribute("s_t", 1795400001)
                .attribute("s_o", ANNA_LID)
                .attribute("s_o_pn", ANNA_PN)
                .attribute("addressing_mode", "lid")
                .child(participant(ANNA_LID, "phone_number", ANNA_PN, "superadmin"))
                .child(participant(Jid.lid("2"), "phone_number", Jid.pn("3"), "admin"))
                .child(participant(Jid.lid("4"), "phone_number", Jid.pn("5"), ""))
                .child(Node.element("description").attribute("id", "3EB0AA").child(Node.text("body", "Where to meet")))
                .child(Node.empty("locked"))
                .child(Node.empty("announcement"))
                .child(Node.element("ephemeral").attribute("expiration", 86400))
                .child(Node.element("membership_approval_mode")
                        .child(Node.element("group_join").attribute("state", "on")))
                .child(Node.text("member_add_mode", "all_member_add"))
                .child(Node.text("member_link_mode", "all_member_link"))
                .child(Node.element("linked_parent").attribute("jid", Jid.group("77")))
                .child(Node.empty("default_sub_group")));

        Person anna = new Person(Optional.of(ANNA_PN), Optional.of(ANNA_LID));
        assertThat(group.id()).isEqualTo(GROUP);
        assertThat(group.subject()).isEqualTo("Holiday");
        assertThat(group.creation()).isEqualTo(Instant.ofEpochSecond(1795400000));
        assertThat(group.creator()).hasValue(anna);
        assertThat(group.subjectTime()).isEqualTo(Instant.ofEpochSecond(1795400001));
        assertThat(group.subjectOwner()).hasValue(anna);
        assertThat(group.lidAddressed()).isTrue();
        assertThat(group.participants())
                .extracting(Participant::role)
                .containsExactly(Role.SUPERADMIN, Role.ADMIN, Role.MEMBER);
        assertThat(group.participant(new Person(Optional.of(ANNA_PN), Optional.empty())))
                .hasValue(new Participant(anna, Role.SUPERADMIN));
        assertThat(group.settings())
                .isEqualTo(new Group.Settings(
                        "Where to meet",
                        "3EB0AA",
                        true,
                        true,
                        86400,
                        true,
                        true,
                        true,
                        false,
                        true,
                        Optional.of(Jid.group("77"))));
    }

    @Test
    void readsThePnGroupsNamesTheOtherWayRound() {
        Group group = parse(Node.element("group")
                .attribute("id", GROUP)
                .attribute("addressing_mode", "pn")
                .attribute("creator", ANNA_PN)
                .child(participant(ANNA_PN, "lid", ANNA_LID, "admin")));

        assertThat(group.lidAddressed()).isFalse();
        assertThat(group.creator()).hasValue(new Person(Optional.of(ANNA_PN), Optional.empty()));
        assertThat(group.participants())
                .containsExactly(new Participant(new Person(Optional.of(ANNA_PN), Optional.of(ANNA_LID)), Role.ADMIN));
    }

    @Test
    void membersOfEveryKindAreMembers() {
        Group group = parse(Node.element("group")
                .attribute("id", GROUP)
                .child(participant(Jid.of("867051314767696", "bot"), "x", ANNA_LID, ""))
                .child(participant(new Jid("15550001002", 99, Jid.HOSTED, 0), "x", ANNA_LID, ""))
                .child(participant(new Jid("900000000000003", 99, Jid.HOSTED_LID, 0), "x", ANNA_LID, "")));

        Person bot = new Person(Optional.empty(), Optional.empty(), Optional.of(Jid.of("867051314767696", "bot")));
        Person hosted = new Person(Optional.of(Jid.pn("15550001002")), Optional.empty());
        assertThat(group.participants())
                .extracting(Participant::person)
                .containsExactly(bot, hosted, new Person(Optional.empty(), Optional.of(Jid.lid("900000000000003"))));
        assertThat(group.lists(bot)).hasValue(true);
    }

    @Test
    void aBotAmongTheMembersDoesNotHideWhoIsNone() {
        Group group = parse(Node.element("group")
                .attribute("id", GROUP)
                .attribute("size", 2)
                .child(participant(ANNA_PN, "lid", ANNA_LID, "admin"))
                .child(participant(Jid.of("867051314767696", "bot"), "x", ANNA_LID, "")));

        assertThat(group.lists(new Person(Optional.of(Jid.pn("15550001009")), Optional.empty())))
                .hasValue(false);
    }

    static Stream<Node.Builder> idsInEveryForm() {
        return Stream.of(
                Node.element("group").attribute("id", "120363000000000001"),
                Node.element("group").attribute("id", "120363000000000001@g.us"),
                Node.element("group").attribute("id", GROUP),
                Node.element("group").attribute("jid", GROUP),
                Node.element("group").attribute("jid", "120363000000000001@g.us"));
    }

    @ParameterizedTest
    @MethodSource("idsInEveryForm")
    void takesTheIdInEveryForm(Node.Builder group) {
        assertThat(parse(group).id()).isEqualTo(GROUP);
        assertThat(GroupParser.parse(group.build(), GROUP)).isPresent();
        assertThat(GroupParser.parse(group.build(), Jid.group("1"))).isEmpty();
    }

    @Test
    void takesTheIdFromTheStanzaWhereTheElementHasNone() {
        assertThat(GroupParser.parse(Node.empty("group"))).isEmpty();
        assertThat(GroupParser.parse(Node.empty("group"), GROUP))
                .map(known -> known.group().id())
                .hasValue(GROUP);
    }

    @ParameterizedTest
    @ValueSource(strings = {"15550001001@s.whatsapp.net", "@g.us", "a@b@c"})
    void refusesIdsThatAreNoGroups(String id) {
        assertThat(GroupParser.parse(Node.element("group").attribute("id", id).build()))
                .isEmpty();
    }

    @Test
    void whatIsMissingHasItsDefault() {
        Group group = parse(Node.element("group").attribute("id", GROUP));

        assertThat(group.subject()).isEmpty();
        assertThat(group.creation()).isEqualTo(Instant.EPOCH);
        assertThat(group.creator()).isEmpty();
        assertThat(group.participants()).isEmpty();
        assertThat(group.settings())
                .isEqualTo(new Group.Settings(
                        "", "", false, false, 0, true, false, false, false, false, Optional.empty()));
    }

    @Test
    void nonsenseIsAsIfItWereMissing() {
        Group group = parse(Node.element("group")
                .attribute("id", GROUP)
                .attribute("creation", "99999999999999999")
                .attribute("s_t", "yesterday")
                .attribute("creator", "nobody")
                .child(Node.element("ephemeral").attribute("expiration", "999999999999999999"))
                .child(Node.element("participant").attribute("jid", "x"))
                .child(Node.empty("participant"))
                .child(participant(ANNA_PN, "lid", ANNA_LID, "emperor")));

        assertThat(group.creation()).isEqualTo(Instant.EPOCH);
        assertThat(group.subjectTime()).isEqualTo(Instant.EPOCH);
        assertThat(group.settings().ephemeralSeconds()).isEqualTo(Integer.MAX_VALUE);
        assertThat(group.participants()).extracting(Participant::role).containsExactly(Role.MEMBER);
    }

    @ParameterizedTest
    @CsvSource({"on, true", "off, false", "'', true"})
    void approvalIsOnByBeingThereUnlessItSaysOtherwise(String state, boolean on) {
        Group group = parse(Node.element("group")
                .attribute("id", GROUP)
                .child(Node.element("membership_approval_mode")
                        .child(Node.element("group_join").attribute("state", state))));

        assertThat(group.settings().approval()).isEqualTo(on);
    }

    @Test
    void thoseWhoCouldNotBeAddedAreNoMembers() {
        Group group = parse(Node.element("group")
                .attribute("id", GROUP)
                .child(participant(ANNA_PN, "lid", ANNA_LID, "").attribute("error", 200))
                .child(participant(Jid.pn("3"), "lid", Jid.lid("4"), "").attribute("error", 403)));

        assertThat(group.participants()).hasSize(1);
    }

    private static Node.Builder participant(Jid jid, String alias, Jid other, String type) {
        return Node.element("participant")
                .attribute("jid", jid)
                .attribute(alias, other)
                .attribute("type", type);
    }

    private static Group parse(Node.Builder group) {
        return GroupParser.parse(group.build()).orElseThrow().group();
    }
}
