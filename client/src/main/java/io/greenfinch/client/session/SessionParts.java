package io.greenfinch.client.session;

import io.greenfinch.client.appstate.SessionAppState;
import io.greenfinch.client.connection.ClientContext;
import io.greenfinch.client.device.DeviceBook;
import io.greenfinch.client.group.GroupBook;
import io.greenfinch.client.group.GroupSync;
import io.greenfinch.client.history.SessionHistory;
import io.greenfinch.client.keys.Keyring;
import io.greenfinch.client.keys.PreKeys;
import io.greenfinch.client.media.MediaRetries;
import io.greenfinch.client.media.MediaServer;
import io.greenfinch.client.message.SessionMessages;
import io.greenfinch.client.picture.PictureWatches;
import io.greenfinch.client.presence.SessionPresence;
import io.greenfinch.client.privacy.ReadReceipts;
import io.greenfinch.client.stanza.Intake;
import io.greenfinch.client.stanza.OrderedSteps;
import io.greenfinch.client.stanza.Requests;
import io.greenfinch.client.store.LeaveIntents;
import io.greenfinch.client.store.SessionState;
import io.greenfinch.client.store.SessionStore;
import io.greenfinch.client.store.StateKind;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What one session is made of. */
record SessionParts(
        long instance,
        ClientContext shared,
        Owner owner,
        Requests requests,
        Intake intake,
        OrderedSteps steps,
        SessionState state,
        GroupBook book,
        GroupSync sync,
        StatusBoard board,
        Keyring keyring,
        SessionStore<?> store,
        LeaveIntents intents,
        PictureWatches pictures,
        MediaServer mediaServer,
        MediaRetries mediaRetries,
        DeviceBook devices,
        ReadReceipts readReceipts,
        SessionMessages messages,
        SessionAppState appState,
        SessionPresence presence,
        SessionHistory history) {

    private static final Logger log = LoggerFactory.getLogger(SessionParts.class);

    /** The care for our keys on a new connection. */
    PreKeys preKeys(Consumer<Node> line) {
        return new PreKeys(
                shared, owner, requests, intake, keyring, () -> store.load(instance, StateKind.PREKEY), line);
    }

    /** The first steps on a new connection. */
    Startup startup(PreKeys preKeys, Consumer<Node> line, Runnable online) {
        return new Startup(shared, owner, requests, preKeys, line, online);
    }

    CompletableFuture<Void> forgetIntent(Jid group) {
        return apart(() -> intents.forget(instance, group));
    }

    CompletableFuture<Void> forgetIntents() {
        return apart(() -> intents.forgetAll(instance));
    }

    /** Does something that may block on a thread of its own; when it fails, what was to follow does not happen. */
    private CompletableFuture<Void> apart(Runnable work) {
        return CompletableFuture.runAsync(work, Thread::startVirtualThread).whenComplete((done, failure) -> {
            if (failure != null) {
                log.error("Intents of instance {} could not be forgotten", instance, failure);
            }
        });
    }
}
