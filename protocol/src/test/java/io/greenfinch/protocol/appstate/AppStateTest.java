package io.greenfinch.protocol.appstate;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.greenfinch.protocol.appstate.Application.Applied;
import io.greenfinch.protocol.appstate.Application.Failed;
import io.greenfinch.protocol.appstate.Application.KeyMissing;
import io.greenfinch.protocol.appstate.Application.Reason;
import io.greenfinch.protocol.proto.ArchiveChatAction;
import io.greenfinch.protocol.proto.ContactAction;
import io.greenfinch.protocol.proto.DeleteMessageForMeAction;
import io.greenfinch.protocol.proto.SyncActionValue;
import io.greenfinch.protocol.proto.SyncdBlob;
import io.greenfinch.protocol.proto.SyncdKeyId;
import io.greenfinch.protocol.proto.SyncdMutation;
import io.greenfinch.protocol.proto.SyncdPatch;
import io.greenfinch.protocol.proto.SyncdRecord;
import io.greenfinch.protocol.proto.SyncdSnapshot;
import io.greenfinch.protocol.proto.SyncdVersion;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AppStateTest {

    private static final AppStateCollection COLLECTION = AppStateCollection.REGULAR_LOW;
    private static final AppStateKey KEY = AppStateKey.derive(new byte[] {0, 0, 0, 0, 0, 1}, new byte[32]);

    private final SecureRandom random = new SecureRandom();

    /** One device's view: a key, and the entries that it knows. */
    private static final class View implements AppStateLookup {
        private final Map<ByteString, AppStateMutation> entries = new HashMap<>();
        private CollectionState state = CollectionState.INITIAL;

        @Override
        public Optional<AppStateKey> key(ByteString id) {
            return id.equals(ByteString.copyFrom(KEY.id())) ? Optional.of(KEY) : Optional.empty();
        }

        @Override
        public Map<ByteString, ByteString> valueMacs(Collection<ByteString> indexMacs) {
            Map<ByteString, ByteString> found = new HashMap<>();
            for (ByteString mac : indexMacs) {
                AppStateMutation entry = entries.get(mac);
                if (entry != null) {
                    found.put(mac, entry.valueMac());
                }
            }
            return found;
        }

        void take(Application application) {
            Applied applied = (Applied) application;
            state = applied.state();
            for (AppStateMutation mutation : applied.mutations()) {
                if (mutation.removal()) {
                    entries.remove(mutation.indexMac());
                } else {
                    entries.put(mutation.indexMac(), mutation);
                }
            }
        }

        SyncdPatch write(AppStateWrite... writes) {
            WrittenPatch written = WrittenPatch.of(COLLECTION, state, KEY, List.of(writes), this, new SecureRandom());
            take(written.applied());
            return written.patch();
        }

        Application read(SyncdPatch patch) {
            return new AppStateReader(COLLECTION, this).patch(state, patch, List.of());
        }
    }

    private static AppStateWrite archive(String chat, boolean archived) {
        return new AppStateWrite(
                COLLECTION,
                false,
                ActionIndex.of("archive", chat),
                SyncActionValue.newBuilder()
                        .setArchiveChatAction(ArchiveChatAction.newBuilder().setArchived(archived))
                        .build(),
                3);
    }

    private static AppStateWrite removal(String chat) {
        return new AppStateWrite(
                COLLECTION, true, ActionIndex.of("archive", chat), SyncActionValue.getDefaultInstance(), 3);
    }

    @Test
    void whatOneDeviceWritesAnotherReads() {
        View writer = new View();
        View reader = new View();
        reader.take(reader.read(writer.write(archive("a@s.whatsapp.net", true), archive("ü\"@g.us", true))));
        reader.take(reader.read(writer.write(archive("a@s.whatsapp.net", false))));
        reader.take(reader.read(writer.write(removal("ü\"@g.us"), archive("c@g.us", true))));
        assertThat(reader.state).isEqualTo(writer.state);
        assertThat(reader.state.version()).isEqualTo(3);
        assertThat(reader.entries.values())
                .extracting(each -> each.index().parts() + " "
                        + each.value().getArchiveChatAction().getArchived())
                .containsExactlyInAnyOrder("[archive, a@s.whatsapp.net] false", "[archive, c@g.us] true");
    }

    @Test
    void theSumOfNothingIsNothing() {
        View writer = new View();
        writer.write(archive("a@g.us", true), archive("b@g.us", true));
        writer.write(removal("a@g.us"));
        writer.write(removal("b@g.us"), removal("never@g.us"));
        assertThat(writer.state).isEqualTo(new CollectionState(3, LtHash.EMPTY));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void walksOfManyDevicesEndInOneState(long seed) {
        Random walk = new Random(seed);
        List<View> devices = List.of(new View(), new View(), new View());
        for (int step = 0; step < 100; step++) {
            View writer = devices.get(walk.nextInt(devices.size()));
            List<AppStateWrite> writes = new ArrayList<>();
            int first = walk.nextInt(20);
            for (int chat = first; chat < first + 1 + walk.nextInt(4); chat++) {
                writes.add(
                        walk.nextInt(3) == 0 ? removal(chat + "@g.us") : archive(chat + "@g.us", walk.nextBoolean()));
            }
            SyncdPatch patch = writer.write(writes.toArray(AppStateWrite[]::new));
            devices.stream().filter(device -> device != writer).forEach(device -> device.take(device.read(patch)));
        }
        assertThat(devices).allMatch(device -> device.state.equals(devices.getFirst().state));
        View late = new View();
        late.take(new AppStateReader(COLLECTION, late).snapshot(snapshot(devices.getFirst())));
        assertThat(late.state).isEqualTo(devices.getFirst().state);
        assertThat(late.entries).isEqualTo(devices.getFirst().entries);
    }

    /** As a phone makes one: all entries, encrypted once more. */
    private SyncdSnapshot snapshot(View view) {
        SyncdSnapshot.Builder snapshot = SyncdSnapshot.newBuilder();
        View copy = new View();
        for (AppStateMutation entry : List.copyOf(view.entries.values())) {
            SyncdPatch patch = copy.write(new AppStateWrite(COLLECTION, false, entry.index(), entry.value(), 3));
            snapshot.addRecords(patch.getMutations(0).getRecord());
        }
        view.entries.putAll(copy.entries);
        view.state = new CollectionState(view.state.version(), copy.state.hash());
        return snapshot.setVersion(SyncdVersion.newBuilder().setVersion(view.state.version()))
                .setKeyId(SyncdKeyId.newBuilder().setId(ByteString.copyFrom(KEY.id())))
                .setMac(AppStateMacs.ofSnapshot(KEY, COLLECTION, view.state))
                .build();
    }

    @Test
    void anIndexThatComesTwiceCountsOnce() {
        View writer = new View();
        SyncdPatch one = writer.write(archive("a@g.us", true));
        View other = new View();
        SyncdPatch two = other.write(archive("a@g.us", false));
        LtHash both =
                LtHash.EMPTY.change(List.of(), List.of(mac(one), mac(two))).change(List.of(mac(one)), List.of());
        CollectionState after = new CollectionState(1, both);
        ByteString snapshotMac = AppStateMacs.ofSnapshot(KEY, COLLECTION, after);
        SyncdPatch patch = SyncdPatch.newBuilder(one)
                .addMutations(two.getMutations(0))
                .setSnapshotMac(snapshotMac)
                .setPatchMac(AppStateMacs.ofPatch(
                        KEY,
                        COLLECTION,
                        1,
                        snapshotMac,
                        List.of(ByteString.copyFrom(mac(one)), ByteString.copyFrom(mac(two)))))
                .build();
        View reader = new View();
        reader.take(reader.read(patch));
        assertThat(reader.state).isEqualTo(after);
        assertThat(reader.entries).hasSize(1);
    }

    private static byte[] mac(SyncdPatch patch) {
        return RecordCipher.valueMac(patch.getMutations(0).getRecord()).toByteArray();
    }

    @Test
    void whatWasTamperedWithIsRefused() {
        SyncdPatch patch = new View().write(archive("a@g.us", true), archive("b@g.us", true));
        SyncdMutation first = patch.getMutations(0);
        assertFails(patch.toBuilder().removeMutations(1).build(), Reason.NOT_AUTHENTIC);
        assertFails(
                patch.toBuilder()
                        .setMutations(0, patch.getMutations(1))
                        .setMutations(1, first)
                        .build(),
                Reason.NOT_AUTHENTIC);
        assertFails(patch.toBuilder().setPatchMac(ByteString.EMPTY).build(), Reason.NOT_AUTHENTIC);
        assertFails(
                patch.toBuilder()
                        .setSnapshotMac(flipped(patch.getSnapshotMac(), 3))
                        .build(),
                Reason.NOT_AUTHENTIC);
        assertFails(
                patch.toBuilder()
                        .setVersion(SyncdVersion.newBuilder().setVersion(2))
                        .build(),
                Reason.OUT_OF_ORDER);
        assertFails(
                patch.toBuilder()
                        .setMutations(0, first.toBuilder().setOperation(2))
                        .build(),
                Reason.MALFORMED);
        ByteString value = first.getRecord().getValue().getBlob();
        for (int at = 0; at < value.size(); at += 5) {
            SyncdMutation changed = of(first, first.getRecord().getIndex(), flipped(value, at));
            assertFails(patch.toBuilder().setMutations(0, changed).build(), Reason.NOT_AUTHENTIC);
        }
    }

    private static SyncdMutation of(SyncdMutation mutation, SyncdBlob index, ByteString value) {
        return mutation.toBuilder()
                .setRecord(mutation.getRecord().toBuilder()
                        .setIndex(index)
                        .setValue(SyncdBlob.newBuilder().setBlob(value)))
                .build();
    }

    private static ByteString flipped(ByteString bytes, int at) {
        byte[] changed = bytes.toByteArray();
        changed[at] ^= 1;
        return ByteString.copyFrom(changed);
    }

    private static void assertFails(SyncdPatch patch, Reason reason) {
        assertThat(new View().read(patch)).isEqualTo(new Failed(reason));
    }

    /** The server can't give an entry the place of another. */
    @Test
    void anEntryUnderAnotherIndexIsRefused() {
        View writer = new View();
        SyncdPatch patch = writer.write(archive("a@g.us", true));
        SyncdPatch other = writer.write(archive("b@g.us", true));
        SyncdRecord record = patch.getMutations(0).getRecord();
        SyncdMutation swapped = of(
                patch.getMutations(0),
                other.getMutations(0).getRecord().getIndex(),
                record.getValue().getBlob());
        assertFails(patch.toBuilder().setMutations(0, swapped).build(), Reason.NOT_AUTHENTIC);
    }

    @Test
    void aKeyThatWasNotSharedIsAskedFor() {
        AppStateKey other = AppStateKey.derive(new byte[] {0, 0, 0, 0, 0, 2}, new byte[32]);
        SyncdPatch patch = WrittenPatch.of(
                        COLLECTION,
                        CollectionState.INITIAL,
                        other,
                        List.of(archive("a@g.us", true)),
                        new View(),
                        random)
                .patch();
        assertThat(new View().read(patch)).isEqualTo(new KeyMissing(ByteString.copyFrom(other.id())));
    }

    /** What others write may be nonsense: it is read as far as it has a meaning, and harms nobody. */
    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, -1, 0, 1_790_000_000, Long.MAX_VALUE})
    void aDeletionOfAnyTimeIsRead(long seconds) {
        AppStateMutation deletion = mutation(
                ActionIndex.of("deleteMessageForMe", "15550001001@s.whatsapp.net", "3EB0", "1", "0"),
                SyncActionValue.newBuilder()
                        .setDeleteMessageForMeAction(
                                DeleteMessageForMeAction.newBuilder().setMessageTimestamp(seconds))
                        .build());
        assertThat(AccountAction.of(deletion)).get().isInstanceOf(AccountAction.OwnDeletion.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"120363000000000001@g.us", "status@broadcast", "15550001001:3@s.whatsapp.net", "nobody", ""})
    void nobodyElseThanAPersonIsAContact(String who) {
        AppStateMutation contact = mutation(
                ActionIndex.of("contact", who),
                SyncActionValue.newBuilder()
                        .setContactAction(ContactAction.newBuilder().setFullName("Ada"))
                        .build());
        assertThat(AccountAction.of(contact)).isEmpty();
    }

    private static AppStateMutation mutation(ActionIndex index, SyncActionValue value) {
        ByteString mac = ByteString.copyFrom(new byte[32]);
        return new AppStateMutation(false, index, value, mac, mac);
    }
}
