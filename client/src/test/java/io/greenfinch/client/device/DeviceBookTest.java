package io.greenfinch.client.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.client.store.ProcessCache;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import io.greenfinch.protocol.pairing.DeviceListHash;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Device lists as notifications change them (specification §13.4). */
final class DeviceBookTest {

    private static final Jid BOB = Jid.pn("15550001002");
    private static final Jid BOB_LID = new Jid("900000000000002", 0, Jid.LIDS, 0);

    private final DeviceBook book = new DeviceBook(new ProcessCache());

    @Test
    void whatCameIsAddedAndWhatWentIsTakenOut() {
        book.learned(list(BOB, 0, 1));
        apply(notification("add", hash(BOB, 0, 1, 4), "", 4));
        assertThat(book.find(BOB)).hasValue(list(BOB, 0, 1, 4));

        apply(notification("remove", hash(BOB, 0, 4), "", 1));
        assertThat(book.find(BOB.withDevice(4))).hasValue(list(BOB, 0, 4));
    }

    @Test
    void bothNamesAreKeptApart() {
        book.learned(list(BOB_LID, 0, 1));
        apply(notification("add", hash(BOB, 0, 1, 2), hash(BOB_LID, 0, 1, 2), 2));

        assertThat(book.find(BOB_LID)).hasValue(list(BOB_LID, 0, 1, 2));
        assertThat(book.find(BOB)).as("nobody asked by number").isEmpty();
    }

    @Test
    void aListThatDoesNotLeadToTheHashIsUnknown() {
        book.learned(list(BOB, 0, 1));
        apply(notification("add", hash(BOB, 0, 1, 2, 3), "", 3));

        assertThat(book.find(BOB)).isEmpty();
    }

    @Test
    void aChangeThatIsNotToldMakesAListUnknown() {
        book.learned(list(BOB, 0, 1));
        apply(notification("update", hash(BOB, 0, 2), ""));

        assertThat(book.find(BOB)).isEmpty();
    }

    @Test
    void aChangeOfAListNobodyKnowsTellsNothing() {
        apply(notification("add", hash(BOB, 2), "", 2));

        assertThat(book.find(BOB)).isEmpty();
    }

    @Test
    void devicesOfOthersAreNotTakenIn() {
        Jid carol = Jid.pn("15550001003");
        book.learned(list(BOB, 0));
        Node change = Node.element("add")
                .child(Node.element("device").attribute("jid", carol.withDevice(7)))
                .build();

        assertThat(DeviceUpdate.parse(of("devices", change))).isEmpty();
    }

    @Test
    void ourOwnListIsToldAsAWhole() {
        Node devices = Node.element("devices")
                .attribute("dhash", hash(BOB, 0, 3))
                .child(Node.element("device").attribute("jid", BOB))
                .child(Node.element("device")
                        .attribute("jid", BOB.withDevice(3))
                        .attribute("key-index", 3))
                .build();
        apply(of("account_sync", devices));
        assertThat(book.find(BOB)).hasValue(list(BOB, 0, 3));

        apply(of(
                "account_sync",
                devices.toBuilder().attribute("dhash", "2:AAAAAAAA").build()));
        assertThat(book.find(BOB)).isEmpty();
    }

    @Test
    void theBooksOfAllSessionsAreBoundedTogether() {
        ProcessCache small = new ProcessCache(10_000);
        List<DeviceBook> books =
                Stream.generate(() -> new DeviceBook(small)).limit(100).toList();
        books.forEach(each -> each.learned(list(BOB, 0)));

        assertThat(books.stream().filter(each -> each.find(BOB).isPresent()).count())
                .as("lists of 200 bytes and more in 10,000")
                .isBetween(1L, 50L);
    }

    @Test
    void whatIsForgottenIsUnknown() {
        book.learned(list(BOB, 0));
        book.learned(list(BOB_LID, 0));
        book.forget(BOB);
        assertThat(book.find(BOB)).isEmpty();
        assertThat(book.find(BOB_LID)).isPresent();
        book.clear();
        assertThat(book.find(BOB_LID)).isEmpty();
    }

    @Test
    void anAnswerIsReadForWhomItIs() {
        Node.Builder list = Node.element("device-list")
                .attribute("hash", hash(BOB, 0, 1))
                .child(Node.element("device").attribute("id", 0))
                .child(Node.element("device").attribute("id", 1).attribute("key-index", 1));
        assertThat(SessionDevices.read(answer(BOB, list.build()), Set.of(BOB))).containsEntry(BOB, list(BOB, 0, 1));
        assertThat(SessionDevices.read(answer(BOB_LID, list.build()), Set.of(BOB)))
                .isEmpty();
        assertThat(SessionDevices.read(
                        answer(BOB, list.attribute("hash", "2:AAAAAAAA").build()), Set.of(BOB)))
                .as("whatever hash stands beside it")
                .containsEntry(BOB, list(BOB, 0, 1));
    }

    @Test
    void nonsenseIsReadToTheEnd() {
        Random random = new Random(11);
        List<String> tags =
                List.of("add", "remove", "update", "devices", "device", "usync", "list", "user", "device-list");
        for (int round = 0; round < 2000; round++) {
            Node nonsense = nonsense(random, tags, 3);
            Node notification = of(random.nextBoolean() ? "devices" : "account_sync", nonsense);
            DeviceUpdate.parse(notification).forEach(book::apply);
            SessionDevices.read(nonsense, Set.of(BOB)).values().forEach(book::learned);
        }
        assertThat(book.find(Jid.pn("1"))).isEmpty();
    }

    private static Node nonsense(Random random, List<String> tags, int depth) {
        Node.Builder node = Node.element(tags.get(random.nextInt(tags.size())));
        switch (random.nextInt(4)) {
            case 0 -> node.attribute("jid", BOB.withDevice(random.nextInt(100)));
            case 1 -> node.attribute("jid", "x").attribute("lid", BOB_LID);
            case 2 -> node.attribute("id", random.nextInt(300) - 50).attribute("hash", "2:");
            default -> node.attribute("dhash", "").attribute("device_hash", "2:AAAAAAAA");
        }
        for (int i = random.nextInt(4); i > 0 && depth > 0; i--) {
            node.child(nonsense(random, tags, depth - 1));
        }
        return node.build();
    }

    private static Node answer(Jid user, Node list) {
        return Node.element("iq")
                .child(Node.element("usync")
                        .child(Node.element("list")
                                .child(Node.element("user")
                                        .attribute("jid", user)
                                        .child(Node.element("devices").child(list)))))
                .build();
    }

    private void apply(Node notification) {
        List<DeviceUpdate> updates = DeviceUpdate.parse(notification);
        assertThat(updates).isNotEmpty();
        updates.forEach(book::apply);
    }

    private static Node notification(String action, String hash, String lidHash, int... numbers) {
        Node.Builder change = Node.element(action).attribute("device_hash", hash);
        if (!lidHash.isEmpty()) {
            change.attribute("device_lid_hash", lidHash);
        }
        for (int number : numbers) {
            change.child(Node.element("device")
                    .attribute("jid", BOB.withDevice(number))
                    .attribute("lid", BOB_LID.withDevice(number)));
        }
        return of("devices", change.build());
    }

    private static Node of(String type, Node child) {
        return Node.element("notification")
                .attribute("from", BOB)
                .attribute("lid", BOB_LID)
                .attribute("type", type)
                .attribute("id", "d1")
                .child(child)
                .build();
    }

    private static DeviceList list(Jid account, Integer... numbers) {
        return DeviceList.of(
                        account, Stream.of(numbers).map(account::withDevice).toList())
                .orElseThrow();
    }

    private static String hash(Jid account, int... numbers) {
        List<Jid> devices = new ArrayList<>();
        for (int number : numbers) {
            devices.add(account.withDevice(number));
        }
        return DeviceListHash.of(devices);
    }

    /** Numbers beyond those of devices, and devices of others, make a list that is none. */
    @Test
    void impossibleDevicesAreRefused() {
        assertThat(DeviceList.of(BOB, List.of(BOB, BOB.withDevice(256)))).isEqualTo(Optional.empty());
        assertThat(DeviceList.of(BOB, List.of(BOB_LID))).isEqualTo(Optional.empty());
    }
}
