package io.greenfinch.client.appstate;

import io.greenfinch.client.connection.ClientContext;
import io.greenfinch.client.keys.Keyring;
import io.greenfinch.client.stanza.Intake;
import io.greenfinch.client.stanza.OrderedSteps;
import io.greenfinch.client.store.SessionState;
import io.greenfinch.client.store.SessionStore;
import io.greenfinch.client.store.StateKind;
import io.greenfinch.protocol.binary.Jid;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;

/**
 * What the app state of a session works with.
 *
 * @param owner runs a step on the session's thread
 * @param shown the name of a chat by which it is shown, for any name; blocks
 * @param renamed run on it when the account's own name is another
 */
public record AppStateContext(
        ClientContext shared,
        Executor owner,
        OrderedSteps steps,
        Intake intake,
        SessionState state,
        Keyring keyring,
        SessionStore<?> store,
        long instance,
        UnaryOperator<Jid> shown,
        Runnable renamed) {

    /** All entries of a kind; blocks. */
    Map<String, byte[]> load(StateKind kind) {
        return store.load(instance, kind);
    }

    /** The keys of all entries of a kind; blocks. */
    Set<String> keys(StateKind kind) {
        return store.keys(instance, kind);
    }
}
