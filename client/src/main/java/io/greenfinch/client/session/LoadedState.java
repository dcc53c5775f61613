package io.greenfinch.client.session;

import io.greenfinch.client.Account;
import io.greenfinch.client.keys.Credentials;
import io.greenfinch.client.store.SessionStore;
import io.greenfinch.client.store.StateKind;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The part of the state that is read when a session begins, or begins anew.
 *
 * @param credentials null when not linked
 * @param groups ids of the stored groups
 * @param doubts ids of the groups that are doubted
 * @param collectionDoubts names of the collections of the app state that are doubted
 */
record LoadedState(
        @Nullable Credentials credentials, Set<String> groups, Set<String> doubts, Set<String> collectionDoubts) {

    private static final Set<StateKind> NAMED =
            EnumSet.of(StateKind.GROUP, StateKind.GROUP_DOUBT, StateKind.APP_STATE_DOUBT);

    /**
     * Reads it. Blocks.
     *
     * @throws io.greenfinch.client.store.StoreException when it can't be read
     */
    static LoadedState of(SessionStore<?> store, long instance) {
        Optional<byte[]> credentials = store.find(instance, StateKind.CREDENTIALS, Credentials.KEY);
        if (credentials.isEmpty()) {
            return new LoadedState(null, Set.of(), Set.of(), Set.of());
        }
        Map<StateKind, Set<String>> keys = store.keys(instance, NAMED);
        return new LoadedState(
                Credentials.of(credentials.get()),
                keys.getOrDefault(StateKind.GROUP, Set.of()),
                keys.getOrDefault(StateKind.GROUP_DOUBT, Set.of()),
                keys.getOrDefault(StateKind.APP_STATE_DOUBT, Set.of()));
    }

    /** Whose it is; null when not linked. */
    @Nullable
    Account account() {
        return credentials == null ? null : credentials.account();
    }
}
