package io.greenfinch.client.appstate;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.greenfinch.client.proto.StoredCollection;
import io.greenfinch.client.store.Change;
import io.greenfinch.client.store.SessionState;
import io.greenfinch.client.store.StateKey;
import io.greenfinch.client.store.StateKind;
import io.greenfinch.client.store.UnreadableStateException;
import io.greenfinch.protocol.appstate.AppStateCollection;
import io.greenfinch.protocol.appstate.AppStateKey;
import io.greenfinch.protocol.appstate.CollectionState;
import io.greenfinch.protocol.appstate.LtHash;
import io.greenfinch.protocol.proto.AppStateSyncKey;
import io.greenfinch.protocol.proto.AppStateSyncKeyData;
import io.greenfinch.protocol.proto.AppStateSyncKeyShare;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a session keeps of its app state: how far each collection is known, what each entry counts for, and the keys. Reading blocks, and is
 * not for the session's own thread.
 */
final class StoredAppState {

    private static final HexFormat HEX = HexFormat.of();

    /** The last four bytes of an id count the keys of an account (specification §22). */
    private static final int COUNTER = 4;

    private static final int LONGEST_ID = 32;

    private final AppStateContext context;
    private final SessionState state;

    StoredAppState(AppStateContext context) {
        this.context = context;
        this.state = context.state();
    }

    /** Where the state of a collection stands. */
    static StateKey key(AppStateCollection collection) {
        return new StateKey(StateKind.APP_STATE, collection.wireName());
    }

    private static String entry(AppStateCollection collection, ByteString indexMac) {
        return collection.wireName() + "|" + HEX.formatHex(indexMac.toByteArray());
    }

    /** How far these collections are known. */
    Map<AppStateCollection, CollectionState> states(Collection<AppStateCollection> collections) {
        Map<StateKey, byte[]> read =
                state.read(collections.stream().map(StoredAppState::key).toList());
        Map<AppStateCollection, CollectionState> states = new EnumMap<>(AppStateCollection.class);
        for (AppStateCollection collection : collections) {
            byte[] stored = read.get(key(collection));
            states.put(collection, stored == null ? CollectionState.INITIAL : decode(stored));
        }
        return states;
    }

    /** How far a collection is known. */
    CollectionState state(AppStateCollection collection) {
        return state.find(key(collection)).map(StoredAppState::decode).orElse(CollectionState.INITIAL);
    }

    private static CollectionState decode(byte[] stored) {
        try {
            StoredCollection value = StoredCollection.parseFrom(stored);
            return new CollectionState(
                    value.getVersion(), LtHash.of(value.getHash().toByteArray()));
        } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
            throw new UnreadableStateException("a stored app state that can't be read: " + e.getMessage(), e);
        }
    }

    static Change put(AppStateCollection collection, CollectionState known) {
        byte[] value = StoredCollection.newBuilder()
                .setVersion(known.version())
                .setHash(ByteString.copyFrom(known.hash().bytes()))
                .build()
                .toByteArray();
        return new Change.Put(StateKind.APP_STATE, collection.wireName(), value);
    }

    /** What these entries count for, those that there are. */
    Map<ByteString, ByteString> valueMacs(AppStateCollection collection, Collection<ByteString> indexMacs) {
        Map<ByteString, ByteString> found = new HashMap<>();
        Map<StateKey, byte[]> read = state.read(indexMacs.stream()
                .map(mac -> new StateKey(StateKind.APP_STATE_ENTRY, entry(collection, mac)))
                .toList());
        for (ByteString mac : indexMacs) {
            byte[] value = read.get(new StateKey(StateKind.APP_STATE_ENTRY, entry(collection, mac)));
            if (value != null) {
                found.put(mac, ByteString.copyFrom(value));
            }
        }
        return found;
    }

    /** That entries count for this now; those without a value are gone. */
    static List<Change> entries(AppStateCollection collection, Map<ByteString, Optional<ByteString>> valueMacs) {
        List<Change> changes = new ArrayList<>(valueMacs.size());
        valueMacs.forEach((index, value) -> changes.add(value.<Change>map(
                        mac -> new Change.Put(StateKind.APP_STATE_ENTRY, entry(collection, index), mac.toByteArray()))
                .orElseGet(() -> new Change.Remove(StateKind.APP_STATE_ENTRY, entry(collection, index)))));
        return changes;
    }

    /** That nothing is known of a collection. */
    List<Change> forgotten(AppStateCollection collection) {
        List<Change> changes = new ArrayList<>();
        changes.add(new Change.Remove(StateKind.APP_STATE, collection.wireName()));
        context.keys(StateKind.APP_STATE_ENTRY).stream()
                .filter(name -> name.startsWith(collection.wireName() + "|"))
                .forEach(name -> changes.add(new Change.Remove(StateKind.APP_STATE_ENTRY, name)));
        return changes;
    }

    /** Keys that the phone shares, to be stored. */
    List<Change> keys(AppStateSyncKeyShare share) {
        List<Change> keys = new ArrayList<>(1);
        for (AppStateSyncKey key : share.getKeysList()) {
            byte[] id = key.getKeyId().getKeyId().toByteArray();
            boolean usable = key.getKeyData().getKeyData().size() == AppStateKey.SIZE;
            if (usable && id.length > 0 && id.length <= LONGEST_ID) {
                keys.add(new Change.Put(
                        StateKind.APP_STATE_KEY,
                        HEX.formatHex(id),
                        key.getKeyData().toByteArray()));
            }
        }
        return keys;
    }

    /** Collections that were never fetched. On the session's thread; throws as {@link SessionState#require}. */
    List<AppStateCollection> unknown() {
        List<AppStateCollection> all = List.of(AppStateCollection.values());
        state.require(all.stream().map(StoredAppState::key).toList());
        return all.stream()
                .filter(collection -> state.find(key(collection)).isEmpty())
                .toList();
    }

    /** The key of this id, if the phone has shared it. */
    Optional<AppStateKey> key(ByteString id) {
        return state.find(new StateKey(StateKind.APP_STATE_KEY, HEX.formatHex(id.toByteArray())))
                .map(data -> key(id.toByteArray(), data));
    }

    /** The key that was made last, by which we write; empty when none was shared. */
    Optional<AppStateKey> latestKey() {
        return context.load(StateKind.APP_STATE_KEY).entrySet().stream()
                .max(Comparator.comparingLong(shared -> counter(shared.getKey())))
                .map(latest -> key(HEX.parseHex(latest.getKey()), latest.getValue()));
    }

    private static AppStateKey key(byte[] id, byte[] stored) {
        try {
            return AppStateKey.derive(
                    id, AppStateSyncKeyData.parseFrom(stored).getKeyData().toByteArray());
        } catch (InvalidProtocolBufferException e) {
            throw new UnreadableStateException("a stored key of the app state that can't be read", e);
        }
    }

    private static long counter(String hexId) {
        byte[] id = HEX.parseHex(hexId);
        int from = Math.max(0, id.length - COUNTER);
        byte[] padded = new byte[Long.BYTES];
        System.arraycopy(id, from, padded, Long.BYTES - (id.length - from), id.length - from);
        return ByteBuffer.wrap(padded).getLong();
    }
}
