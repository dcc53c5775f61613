package io.greenfinch.protocol.appstate;

import com.google.protobuf.ByteString;
import io.greenfinch.protocol.proto.SyncActionData;
import io.greenfinch.protocol.proto.SyncdKeyId;
import io.greenfinch.protocol.proto.SyncdMutation;
import io.greenfinch.protocol.proto.SyncdPatch;
import io.greenfinch.protocol.proto.SyncdRecord;
import io.greenfinch.protocol.proto.SyncdVersion;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A patch of our own (specification §23.2).
 *
 * @param patch as others get it: the server is told it without its version
 * @param applied what it makes of the collection once the server has it
 */
public record WrittenPatch(SyncdPatch patch, Application.Applied applied) {

    /**
     * Writes one.
     *
     * @param state what it follows
     * @param key by which it is encrypted
     * @param writes of this collection, of different indexes
     * @param lookup finds the entries that there are
     */
    public static WrittenPatch of(
            AppStateCollection collection,
            CollectionState state,
            AppStateKey key,
            List<AppStateWrite> writes,
            AppStateLookup lookup,
            SecureRandom random) {
        List<SyncdMutation> mutations = new ArrayList<>(writes.size());
        List<AppStateMutation> made = new ArrayList<>(writes.size());
        for (AppStateWrite write : writes) {
            SyncActionData data = SyncActionData.newBuilder()
                    .setIndex(ByteString.copyFrom(write.index().json()))
                    .setValue(write.value())
                    .setPadding(ByteString.EMPTY)
                    .setVersion(write.version())
                    .build();
            SyncdRecord record = RecordCipher.encrypt(key, write.removal(), data, random);
            mutations.add(SyncdMutation.newBuilder()
                    .setOperation(write.removal() ? 1 : 0)
                    .setRecord(record)
                    .build());
            made.add(new AppStateMutation(
                    write.removal(),
                    write.index(),
                    write.value(),
                    record.getIndex().getBlob(),
                    RecordCipher.valueMac(record)));
        }
        var there =
                lookup.valueMacs(made.stream().map(AppStateMutation::indexMac).toList());
        LtHash hash = state.hash()
                .change(
                        made.stream()
                                .flatMap(each -> Optional.ofNullable(there.get(each.indexMac())).stream())
                                .map(ByteString::toByteArray)
                                .toList(),
                        made.stream()
                                .filter(each -> !each.removal())
                                .map(each -> each.valueMac().toByteArray())
                                .toList());
        CollectionState after = new CollectionState(state.version() + 1, hash);
        ByteString snapshotMac = AppStateMacs.ofSnapshot(key, collection, after);
        SyncdPatch patch = SyncdPatch.newBuilder()
                .setVersion(SyncdVersion.newBuilder().setVersion(after.version()))
                .addAllMutations(mutations)
                .setSnapshotMac(snapshotMac)
                .setPatchMac(AppStateMacs.ofPatch(
                        key,
                        collection,
                        after.version(),
                        snapshotMac,
                        made.stream().map(AppStateMutation::valueMac).toList()))
                .setKeyId(SyncdKeyId.newBuilder().setId(ByteString.copyFrom(key.id())))
                .build();
        return new WrittenPatch(patch, new Application.Applied(after, made));
    }
}
