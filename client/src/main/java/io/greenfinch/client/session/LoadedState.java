package io.greenfinch.client.session;

import io.greenfinch.client.Account;
import io.greenfinch.client.keys.Credentials;
import io.greenfinch.client.store.SessionStore;
import io.greenfinch.client.store.StateKind;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The part of the state that is read when a session begins, or begins anew.
 *
 * @param credentials null when not linked
 * @param groups stored groups by id
 * @param doubts ids of the groups that are doubted
 */
record LoadedState(@Nullable Credentials credentials, Map<String, byte[]> groups, Set<String> doubts) {

    /**
     * Reads it. Blocks.
     *
     * @throws io.greenfinch.client.store.StoreException when it can't be read
     */
    static LoadedState of(SessionStore<?> store, long instance) {
        Optional<byte[]> credentials = store.find(instance, StateKind.CREDENTIALS, Credentials.KEY);
        return credentials.isEmpty()
                ? new LoadedState(null, Map.of(), Set.of())
                : new LoadedState(
                        Credentials.of(credentials.get()),
                        store.load(instance, StateKind.GROUP),
                        store.load(instance, StateKind.GROUP_DOUBT).keySet());
    }

    /** Whose it is; null when not linked. */
    @Nullable
    Account account() {
        return credentials == null ? null : credentials.account();
    }
}
