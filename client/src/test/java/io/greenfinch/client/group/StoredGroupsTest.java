package io.greenfinch.client.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StoredGroupsTest {

    private static final Jid GROUP = Jid.group("15550001001-1795400000");

    @Test
    void everythingComesBack() {
        Person anna = person("15550001001", "900000000000001");
        Group.Settings settings = new Group.Settings(
                "Where to meet ☀",
                "3EB0AA",
                true,
                true,
                604800,
                true,
                true,
                true,
                true,
                true,
                Optional.of(Jid.group("77")));
        Group group = new Group(
                GROUP,
                "Ferien ✈",
                Instant.ofEpochSecond(1795400001),
                Optional.of(anna),
                Instant.ofEpochSecond(1795400000),
                Optional.of(new Person(Optional.empty(), Optional.of(Jid.lid("7")))),
                true,
                settings,
                List.of(
                        new Participant(anna, Role.SUPERADMIN),
                        new Participant(new Person(Optional.of(Jid.pn("3")), Optional.empty()), Role.ADMIN),
                        new Participant(new Person(Optional.empty(), Optional.of(Jid.lid("4"))), Role.MEMBER),
                        new Participant(
                                Person.of(Optional.of(Jid.of("8", "bot")), Optional.empty())
                                        .orElseThrow(),
                                Role.MEMBER)));
        KnownGroup known =
                new KnownGroup(group, "1795400000000002", "1795400000000001", Instant.ofEpochSecond(1795400000));

        assertThat(StoredGroups.decode(StoredGroups.encode(known))).isEqualTo(known);
    }

    @Test
    void theBareMinimumComesBack() {
        KnownGroup known = new KnownGroup(group(List.of()), "", "", Instant.EPOCH);

        assertThat(StoredGroups.decode(StoredGroups.encode(known))).isEqualTo(known);
    }

    @Test
    void aListThatIsNotWholeComesBackSo() {
        Node part = Node.element("group")
                .attribute("id", "120363000000000001")
                .attribute("size", 3)
                .child(Node.element("participant").attribute("jid", Jid.lid("1")))
                .build();
        KnownGroup known = GroupParser.parse(part).orElseThrow();

        assertThat(known.group().complete()).isFalse();
        assertThat(StoredGroups.decode(StoredGroups.encode(known))).isEqualTo(known);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "007", "12345678901234567890", "a1", "1.2", "9223372036854775808"})
    void usersThatAreNoOrdinaryNumbersComeBack(String user) {
        KnownGroup known =
                new KnownGroup(group(List.of(new Participant(person(user, user), Role.ADMIN))), "", "", Instant.EPOCH);

        assertThat(StoredGroups.decode(StoredGroups.encode(known))).isEqualTo(known);
    }

    /** The reason why all groups can be held in memory. */
    @Test
    void aMemberTakesFewBytes() {
        List<Participant> members = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            members.add(new Participant(person("1555000" + (1000 + i), "90000000000" + (1000 + i)), Role.MEMBER));
        }

        assertThat(StoredGroups.encode(new KnownGroup(group(members), "1", "1", Instant.EPOCH)).length)
                .isLessThan(1000 * 18);
    }

    /** Whatever happens to members, in whatever order: written as changes it is the same group as written anew. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void changesOfMembersComeBack(long seed) {
        Random random = new Random(seed);
        KnownGroup known = new KnownGroup(group(List.of()), "1", "1", Instant.EPOCH);
        byte[] bytes = StoredGroups.encode(known);
        for (int version = 2; version < 200; version++) {
            List<Participant> people = new ArrayList<>();
            for (int i = random.nextInt(3); i >= 0; i--) {
                people.add(new Participant(
                        somebody(random), List.copyOf(EnumSet.allOf(Role.class)).get(random.nextInt(3))));
            }
            GroupUpdate.Action action =
                    List.copyOf(EnumSet.allOf(GroupUpdate.Action.class)).get(random.nextInt(4));
            String now = random.nextInt(5) == 0 ? "" : Integer.toString(version);
            known = known.apply(new GroupUpdate.Members(action, now, "", people));
            if (random.nextBoolean()) {
                known = known.withTold(now);
            }
            bytes = StoredGroups.changed(bytes, people, action, known);

            assertThat(StoredGroups.decode(bytes)).isEqualTo(known);
        }
    }

    /** One of a few, under one name or both. */
    private static Person somebody(Random random) {
        String number = Integer.toString(1000 + random.nextInt(20));
        Optional<Jid> pn = Optional.of(Jid.pn("1555000" + number));
        Optional<Jid> lid = Optional.of(Jid.lid("90000000000" + number));
        return switch (random.nextInt(3)) {
            case 0 -> new Person(pn, Optional.empty());
            case 1 -> new Person(Optional.empty(), lid);
            default -> new Person(pn, lid);
        };
    }

    @Test
    void aChangeCostsWhatItIs() {
        List<Participant> members = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            members.add(new Participant(person("1555000" + (1000 + i), "90000000000" + (1000 + i)), Role.MEMBER));
        }
        KnownGroup known = new KnownGroup(group(members), "1", "1", Instant.EPOCH);
        List<Participant> left = List.of(members.getFirst());
        GroupUpdate.Members update = new GroupUpdate.Members(GroupUpdate.Action.REMOVE, "2", "1", left);

        byte[] before = StoredGroups.encode(known);
        byte[] after = StoredGroups.changed(before, left, update.action(), known.apply(update));

        assertThat(after.length - before.length).isLessThan(40);
    }

    @Test
    void otherBytesAreRefused() {
        assertThatThrownBy(() -> StoredGroups.decode(new byte[] {1, 2, 3}))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> StoredGroups.decode(new byte[0])).isInstanceOf(IllegalArgumentException.class);
    }

    private static Person person(String pn, String lid) {
        return new Person(Optional.of(Jid.pn(pn)), Optional.of(Jid.lid(lid)));
    }

    private static Group group(List<Participant> members) {
        return new Group(
                GROUP,
                "",
                Instant.EPOCH,
                Optional.empty(),
                Instant.EPOCH,
                Optional.empty(),
                false,
                new Group.Settings("", "", false, false, 0, false, false, false, false, false, Optional.empty()),
                members);
    }
}
