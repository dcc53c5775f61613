package io.greenfinch.simulator.phone;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.greenfinch.protocol.appstate.AccountAction;
import io.greenfinch.protocol.appstate.AccountAction.PushName;
import io.greenfinch.protocol.appstate.AppStateCollection;
import io.greenfinch.protocol.appstate.AppStateKey;
import io.greenfinch.protocol.appstate.AppStateLookup;
import io.greenfinch.protocol.appstate.AppStateMutation;
import io.greenfinch.protocol.appstate.AppStateReader;
import io.greenfinch.protocol.appstate.AppStateWrite;
import io.greenfinch.protocol.appstate.Application;
import io.greenfinch.protocol.appstate.CollectionState;
import io.greenfinch.protocol.appstate.WrittenPatch;
import io.greenfinch.protocol.curve.Hkdf;
import io.greenfinch.protocol.proto.AppStateSyncKey;
import io.greenfinch.protocol.proto.AppStateSyncKeyData;
import io.greenfinch.protocol.proto.AppStateSyncKeyFingerprint;
import io.greenfinch.protocol.proto.AppStateSyncKeyId;
import io.greenfinch.protocol.proto.SyncdPatch;
import io.greenfinch.simulator.account.PhoneKeys;
import io.greenfinch.simulator.appstate.PatchLog;
import io.greenfinch.simulator.world.World;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a phone knows of its account's app state, in which companions write too (specification §23.2). It has the key; the service has
 * only what was encrypted with it. Guarded by the world's lock.
 */
public final class PhoneAppState {

    private static final Logger log = LoggerFactory.getLogger(PhoneAppState.class);

    private static final byte[] KEY_ID = {0, 0, 0, 0, 0, 1};
    private static final byte[] KEY_INFO = "simulated app state".getBytes(StandardCharsets.US_ASCII);
    private static final int KEY = 32;

    private final World world;
    private final PhoneState me;
    private final Map<AppStateCollection, Known> collections = new EnumMap<>(AppStateCollection.class);

    PhoneAppState(World world, PhoneState me) {
        this.world = world;
        this.me = me;
    }

    /** What is known of one collection. */
    private static final class Known {
        private CollectionState state = CollectionState.INITIAL;
        private boolean broken;
        private final Map<ByteString, AppStateMutation> entries = new LinkedHashMap<>();
    }

    /** Finds the one key, and the entries of one collection. */
    private record Lookup(AppStateKey only, Known known) implements AppStateLookup {

        @Override
        public Optional<AppStateKey> key(ByteString id) {
            return id.equals(ByteString.copyFrom(KEY_ID)) ? Optional.of(only) : Optional.empty();
        }

        @Override
        public Map<ByteString, ByteString> valueMacs(Collection<ByteString> indexMacs) {
            Map<ByteString, ByteString> found = new LinkedHashMap<>();
            indexMacs.forEach(mac ->
                    Optional.ofNullable(known.entries.get(mac)).ifPresent(entry -> found.put(mac, entry.valueMac())));
            return found;
        }
    }

    /** One key for all companions of the account; it comes of the identity key, so that it outlives the simulator as that does. */
    private byte[] keyData() {
        return Hkdf.derive(me.phone().keys().identity().privateKey(), new byte[0], KEY_INFO, KEY);
    }

    /** The key as companions are told it (specification §22). */
    AppStateSyncKey.Builder sharedKey() {
        PhoneKeys keys = me.phone().keys();
        return AppStateSyncKey.newBuilder()
                .setKeyId(AppStateSyncKeyId.newBuilder().setKeyId(ByteString.copyFrom(KEY_ID)))
                .setKeyData(AppStateSyncKeyData.newBuilder()
                        .setKeyData(ByteString.copyFrom(keyData()))
                        .setFingerprint(AppStateSyncKeyFingerprint.newBuilder()
                                .setRawId((int) keys.rawId())
                                .setCurrentIndex(0)
                                .addDeviceIndexes(0))
                        .setTimestamp(world.clock().millis()));
    }

    /** The version that the phone has applied. */
    public long version(AppStateCollection collection) {
        return read(collection).state.version();
    }

    /** Whether some patch could not be applied, which the phone of a real person would never show. */
    public boolean broken(AppStateCollection collection) {
        return read(collection).broken;
    }

    /** The entries of a collection, the oldest first; a copy. */
    public List<AppStateMutation> entries(AppStateCollection collection) {
        return new ArrayList<>(read(collection).entries.values());
    }

    /** Writes entries of one collection, which all companions are told; false when there is no room for more. */
    public boolean write(AppStateCollection collection, List<AppStateWrite> writes) {
        Known known = read(collection);
        PatchLog patches = me.owner().appState().log(collection);
        if (known.broken || patches.full()) {
            return false;
        }
        AppStateKey key = AppStateKey.derive(KEY_ID, keyData());
        WrittenPatch written =
                WrittenPatch.of(collection, known.state, key, writes, new Lookup(key, known), world.random());
        patches.append(written.patch());
        take(known, written.applied());
        world.appStateChanged(me.phone(), collection);
        return true;
    }

    /** Sees to it that the account's name stands in it, if it has one. */
    void writeName() {
        AppStateCollection collection = AppStateCollection.CRITICAL_BLOCK;
        me.owner()
                .pushName()
                .map(PushName::new)
                .filter(name ->
                        entries(collection).stream().map(AccountAction::of).noneMatch(Optional.of(name)::equals))
                .ifPresent(name ->
                        write(collection, List.of(name.write(world.clock().instant()))));
    }

    /** Reads what companions have written meanwhile. */
    private Known read(AppStateCollection collection) {
        Known known = collections.computeIfAbsent(collection, _ -> new Known());
        PatchLog patches = me.owner().appState().log(collection);
        if (!known.broken && known.state.version() < patches.version()) {
            AppStateKey key = AppStateKey.derive(KEY_ID, keyData());
            AppStateReader reader = new AppStateReader(collection, new Lookup(key, known));
            for (byte[] patch : patches.since(known.state.version())) {
                if (applied(reader, known, patch) instanceof Application.Applied applied) {
                    take(known, applied);
                } else {
                    log.warn("the phone of {} can't apply a patch of {}", me.owner(), collection);
                    known.broken = true;
                    break;
                }
            }
        }
        return known;
    }

    private static Application applied(AppStateReader reader, Known known, byte[] patch) {
        try {
            return reader.patch(known.state, SyncdPatch.parseFrom(patch), List.of());
        } catch (InvalidProtocolBufferException _) {
            return new Application.Failed(Application.Reason.MALFORMED);
        }
    }

    private void take(Known known, Application.Applied applied) {
        known.state = applied.state();
        for (AppStateMutation mutation : applied.mutations()) {
            known.entries.remove(mutation.indexMac());
            if (!mutation.removal()) {
                known.entries.put(mutation.indexMac(), mutation);
                if (AccountAction.of(mutation).orElse(null) instanceof PushName(String name)
                        && !name.isBlank()
                        && !me.owner().pushName().equals(Optional.of(name))) {
                    world.accounts().rename(me.owner(), name);
                }
            }
        }
    }
}
