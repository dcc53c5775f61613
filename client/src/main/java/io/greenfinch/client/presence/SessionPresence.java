package io.greenfinch.client.presence;

import io.greenfinch.client.keys.Keyring;
import io.greenfinch.protocol.binary.Node;
import java.util.concurrent.Executor;
import java.util.function.Predicate;

/** The presence of a session's account. */
public final class SessionPresence implements Presence {

    private final Executor owner;
    private final Keyring keyring;
    private final Predicate<Node> line;
    private volatile boolean shown;

    /**
     * Nothing is shown yet.
     *
     * @param owner runs a step on the session's thread
     * @param line sends if the session is online, on its thread
     */
    public SessionPresence(Executor owner, Keyring keyring, Predicate<Node> line) {
        this.owner = owner;
        this.keyring = keyring;
        this.line = line;
    }

    @Override
    public void available(boolean wanted) {
        if (shown != wanted) {
            shown = wanted;
            owner.execute(this::tell);
        }
    }

    /** There is a new connection, or the account has another name. On the session's thread. */
    public void renew() {
        if (shown) {
            tell();
        }
    }

    private void tell() {
        if (!keyring.linked()) {
            return;
        }
        String name = keyring.get().pushName();
        if (!shown || !name.isEmpty()) {
            Node.Builder presence = Node.element("presence").attribute("type", shown ? "available" : "unavailable");
            if (shown) {
                presence.attribute("name", name);
            }
            var _ = line.test(presence.build());
        }
    }
}
