package io.greenfinch.protocol.appstate;

import com.google.protobuf.ByteString;
import io.greenfinch.protocol.appstate.Application.Applied;
import io.greenfinch.protocol.appstate.Application.Failed;
import io.greenfinch.protocol.appstate.Application.KeyMissing;
import io.greenfinch.protocol.appstate.Application.Reason;
import io.greenfinch.protocol.proto.SyncdMutation;
import io.greenfinch.protocol.proto.SyncdPatch;
import io.greenfinch.protocol.proto.SyncdRecord;
import io.greenfinch.protocol.proto.SyncdSnapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Applies what the server tells of one collection (specification §23.2). Every MAC is looked at before anything counts. Pure but
 * for its lookup.
 */
public final class AppStateReader {

    /** So many entries a patch or snapshot may have. */
    private static final int MOST_ENTRIES = 200_000;

    private final AppStateCollection collection;
    private final AppStateLookup lookup;

    public AppStateReader(AppStateCollection collection, AppStateLookup lookup) {
        this.collection = collection;
        this.lookup = lookup;
    }

    /** One entry that is to be set or removed. */
    private record Entry(boolean removal, SyncdRecord record) {}

    /** Applies a snapshot, which takes the place of all that was known. */
    public Application snapshot(SyncdSnapshot snapshot) {
        List<Entry> entries = snapshot.getRecordsList().stream()
                .map(record -> new Entry(false, record))
                .toList();
        if (!whole(entries)) {
            return new Failed(Reason.MALFORMED);
        }
        List<ByteString> macs = entries.stream()
                .map(entry -> RecordCipher.valueMac(entry.record()))
                .toList();
        CollectionState state = new CollectionState(
                snapshot.getVersion().getVersion(),
                LtHash.EMPTY.change(
                        List.of(), macs.stream().map(ByteString::toByteArray).toList()));
        ByteString id = snapshot.getKeyId().getId();
        Optional<AppStateKey> key = lookup.key(id);
        if (key.isEmpty()) {
            return new KeyMissing(id);
        }
        return AppStateMacs.same(snapshot.getMac(), AppStateMacs.ofSnapshot(key.get(), collection, state))
                ? decrypt(state, entries)
                : new Failed(Reason.NOT_AUTHENTIC);
    }

    /**
     * Applies a patch.
     *
     * @param state what it follows
     * @param external the mutations of the file that it names, if it names one
     */
    public Application patch(CollectionState state, SyncdPatch patch, List<SyncdMutation> external) {
        List<Entry> entries = new ArrayList<>();
        for (List<SyncdMutation> part : List.of(patch.getMutationsList(), external)) {
            for (SyncdMutation mutation : part) {
                if (mutation.getOperation() != 0 && mutation.getOperation() != 1) {
                    return new Failed(Reason.MALFORMED);
                }
                entries.add(new Entry(mutation.getOperation() == 1, mutation.getRecord()));
            }
        }
        if (!whole(entries)) {
            return new Failed(Reason.MALFORMED);
        }
        long version = patch.hasVersion() ? patch.getVersion().getVersion() : state.version() + 1;
        if (version != state.version() + 1) {
            return new Failed(Reason.OUT_OF_ORDER);
        }
        ByteString id = patch.getKeyId().getId();
        Optional<AppStateKey> key = lookup.key(id);
        if (key.isEmpty()) {
            return new KeyMissing(id);
        }
        CollectionState after = new CollectionState(version, sum(state.hash(), entries));
        ByteString snapshotMac = AppStateMacs.ofSnapshot(key.get(), collection, after);
        List<ByteString> macs = entries.stream()
                .map(entry -> RecordCipher.valueMac(entry.record()))
                .toList();
        boolean authentic = AppStateMacs.same(patch.getSnapshotMac(), snapshotMac)
                && AppStateMacs.same(
                        patch.getPatchMac(), AppStateMacs.ofPatch(key.get(), collection, version, snapshotMac, macs));
        return authentic ? decrypt(after, entries) : new Failed(Reason.NOT_AUTHENTIC);
    }

    private static boolean whole(List<Entry> entries) {
        return entries.size() <= MOST_ENTRIES && entries.stream().allMatch(entry -> RecordCipher.whole(entry.record()));
    }

    /** The sum after entries that follow each other; an index may come more than once. */
    private LtHash sum(LtHash before, List<Entry> entries) {
        Map<ByteString, ByteString> there = new HashMap<>(lookup.valueMacs(entries.stream()
                .map(entry -> entry.record().getIndex().getBlob())
                .distinct()
                .toList()));
        List<byte[]> taken = new ArrayList<>();
        List<byte[]> added = new ArrayList<>();
        for (Entry entry : entries) {
            ByteString index = entry.record().getIndex().getBlob();
            ByteString mac = RecordCipher.valueMac(entry.record());
            ByteString replaced = entry.removal() ? there.remove(index) : there.put(index, mac);
            if (replaced != null) {
                taken.add(replaced.toByteArray());
            }
            if (!entry.removal()) {
                added.add(mac.toByteArray());
            }
        }
        return before.change(taken, added);
    }

    private Application decrypt(CollectionState state, List<Entry> entries) {
        Map<ByteString, Optional<AppStateKey>> keys = new HashMap<>();
        List<AppStateMutation> mutations = new ArrayList<>(entries.size());
        for (Entry entry : entries) {
            ByteString id = entry.record().getKeyId().getId();
            Optional<AppStateKey> key = keys.computeIfAbsent(id, lookup::key);
            if (key.isEmpty()) {
                return new KeyMissing(id);
            }
            Optional<AppStateMutation> mutation = RecordCipher.decrypt(key.get(), entry.removal(), entry.record());
            if (mutation.isEmpty()) {
                return new Failed(Reason.NOT_AUTHENTIC);
            }
            mutations.add(mutation.get());
        }
        return new Applied(state, mutations);
    }
}
