package io.greenfinch.client.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.client.group.GroupUpdate.Action;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What metadata tell of a wish, and what a request takes from them (specification §16.5, §16.6). */
final class GroupChangeTest {

    private static final Jid ANNA = Jid.pn("15550001001");
    private static final Jid ANNA_LID = Jid.lid("900000000000001");
    private static final Jid BOB = Jid.pn("15550001002");

    private static Node.Builder member(Jid jid, String type) {
        return Node.element("participant").attribute("jid", jid).attribute("type", type);
    }

    private static Group group(Node.Builder... children) {
        return GroupParser.parse(Node.element("group")
                        .attribute("id", Jid.group("1"))
                        .attribute("size", children.length)
                        .children(
                                Arrays.stream(children).map(Node.Builder::build).toList())
                        .build())
                .orElseThrow()
                .group();
    }

    @ParameterizedTest
    @CsvSource({
        "ADD, '', true", "REMOVE, '', false", "PROMOTE, '', false", "DEMOTE, '', true",
        "ADD, admin, true", "REMOVE, admin, false", "PROMOTE, admin, true", "DEMOTE, admin, false"
    })
    void tellsWhatAMemberIs(Action action, String type, boolean holds) {
        assertThat(new GroupChange.Member(action, ANNA).holdsIn(group(member(ANNA, type))))
                .hasValue(holds);
    }

    @ParameterizedTest
    @CsvSource({"ADD, false", "REMOVE, true", "PROMOTE, false", "DEMOTE, false"})
    void tellsWhatAStrangerIs(Action action, boolean holds) {
        assertThat(new GroupChange.Member(action, ANNA).holdsIn(group(member(BOB, ""))))
                .hasValue(holds);
    }

    /** Phone numbers may be withheld (specification §16.1). */
    @Test
    void tellsNothingWhereMembersHaveOtherKindsOfNames() {
        for (Action action : Action.values()) {
            GroupChange wish = new GroupChange.Member(action, ANNA);
            assertThat(wish.holdsIn(group(member(ANNA_LID, ""), member(BOB, ""))))
                    .isEmpty();
        }
        GroupChange added = new GroupChange.Member(Action.ADD, ANNA);
        Node.Builder named = member(ANNA_LID, "").attribute("phone_number", ANNA);
        assertThat(added.holdsIn(group(member(Jid.lid("900000000000002"), ""), named)))
                .as("she is named, whoever else is not")
                .hasValue(true);
    }

    @Test
    void aDescriptionNamesTheWordingThatItReplaces() {
        GroupChange wish = new GroupChange.Description("3EB0BB", "New");
        Group described =
                group(Node.element("description").attribute("id", "3EB0AA").child(Node.text("body", "Old")));

        assertThat(wish.element(Optional.of(described)).build().attribute("prev"))
                .hasValue("3EB0AA");
        for (Optional<Group> nothing : List.of(Optional.<Group>empty(), Optional.of(group()))) {
            assertThat(wish.element(nothing).build().has("prev")).isFalse();
        }
        assertThat(new GroupChange.Description("", "")
                        .element(Optional.of(described))
                        .build()
                        .attribute("prev"))
                .hasValue("3EB0AA");
    }

    @Test
    void whatMembersMayDoIsForTheGroupToSay() {
        GroupChange add = new GroupChange.Member(Action.ADD, ANNA);
        GroupChange name = new GroupChange.Subject("Team");
        Group open = group(Node.text("member_add_mode", "all_member_add").toBuilder());
        Group closed = group(Node.element("locked"), Node.text("member_add_mode", "admin_add").toBuilder());

        assertThat(add.allowedTo(Role.MEMBER, open)).isTrue();
        assertThat(add.allowedTo(Role.MEMBER, closed)).isFalse();
        assertThat(name.allowedTo(Role.MEMBER, open)).isTrue();
        assertThat(name.allowedTo(Role.MEMBER, closed)).isFalse();
        assertThat(name.allowedTo(Role.ADMIN, closed)).isTrue();
        assertThat(new GroupChange.Locked(true).allowedTo(Role.MEMBER, open)).isFalse();
    }
}
