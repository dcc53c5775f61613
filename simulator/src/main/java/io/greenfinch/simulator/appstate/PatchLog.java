package io.greenfinch.simulator.appstate;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.greenfinch.protocol.proto.SyncdMutation;
import io.greenfinch.protocol.proto.SyncdPatch;
import io.greenfinch.protocol.proto.SyncdRecord;
import io.greenfinch.protocol.proto.SyncdSnapshot;
import io.greenfinch.protocol.proto.SyncdVersion;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The patches of one collection, each under the version that it made (specification §23.2). Nothing in it can be read here but which
 * entry takes whose place. Guarded by the world's lock.
 */
public final class PatchLog {

    private static final int MAC = 32;

    /** So many patches one collection takes. */
    private static final int MOST = 100_000;

    private final List<byte[]> patches = new ArrayList<>(0);

    /** The version that the last patch made; 0 when there is none. */
    public long version() {
        return patches.size();
    }

    /** Patches behind a version as they are told, the oldest first; unmodifiable. */
    public List<byte[]> since(long version) {
        return Collections.unmodifiableList(patches.subList((int) Math.min(version, patches.size()), patches.size()));
    }

    /** Whether something can be a patch, as far as the service can see. */
    public static boolean admits(SyncdPatch patch) {
        return patch.getSnapshotMac().size() == MAC
                && patch.getPatchMac().size() == MAC
                && !patch.getKeyId().getId().isEmpty()
                && !patch.hasExternalMutations()
                && patch.getMutationsCount() > 0
                && patch.getMutationsList().stream()
                        .allMatch(mutation -> mutation.getRecord()
                                                .getIndex()
                                                .getBlob()
                                                .size()
                                        == MAC
                                && mutation.getRecord().getValue().getBlob().size() > MAC);
    }

    /** Whether there is room for another. */
    public boolean full() {
        return patches.size() >= MOST;
    }

    /** Appends a patch that {@link #admits} holds for; it makes the next version. */
    public void append(SyncdPatch patch) {
        patches.add(patch.toBuilder()
                .setVersion(SyncdVersion.newBuilder().setVersion(version() + 1))
                .build()
                .toByteArray());
    }

    /** Appends patches as they were told. */
    void restore(List<byte[]> saved) {
        patches.addAll(saved);
    }

    private static SyncdPatch read(byte[] patch) {
        try {
            return SyncdPatch.parseFrom(patch);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("a patch that was taken is none", e);
        }
    }

    /**
     * All entries that there are now; empty when there is no version. Its MAC is that of the last patch, which is made of the same: the
     * sum over all entries, version and name.
     */
    public Optional<SyncdSnapshot> snapshot() {
        if (patches.isEmpty()) {
            return Optional.empty();
        }
        Map<ByteString, SyncdRecord> entries = new LinkedHashMap<>();
        for (byte[] patch : patches) {
            for (SyncdMutation mutation : read(patch).getMutationsList()) {
                ByteString index = mutation.getRecord().getIndex().getBlob();
                if (mutation.getOperation() == 0) {
                    entries.put(index, mutation.getRecord());
                } else {
                    entries.remove(index);
                }
            }
        }
        SyncdPatch last = read(patches.getLast());
        return Optional.of(SyncdSnapshot.newBuilder()
                .setVersion(last.getVersion())
                .addAllRecords(entries.values())
                .setMac(last.getSnapshotMac())
                .setKeyId(last.getKeyId())
                .build());
    }
}
