package io.greenfinch.gateway.instance;

import io.greenfinch.client.EventSink;
import io.greenfinch.client.SessionEvent;
import io.greenfinch.client.SessionStatus;
import io.greenfinch.client.store.Change;
import io.greenfinch.client.store.SessionStore;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The gateway's side of "store, then acknowledge": commits what sessions hand over and, once that is durable, writes each
 * event into the log, without content. Thread-safe; never blocks.
 */
public final class SessionEvents implements EventSink {

    private static final Logger log = LoggerFactory.getLogger(SessionEvents.class);

    private final SessionStore<?> store;
    private final StateHistory history;

    public SessionEvents(SessionStore<?> store, StateHistory history) {
        this.store = store;
        this.history = history;
    }

    @Override
    public CompletionStage<Void> store(long instance, long epoch, List<Change> changes, List<SessionEvent> events) {
        for (SessionEvent event : events) {
            if (event instanceof SessionEvent.StatusChanged changed) {
                history.observe(instance, changed.status());
            }
        }
        return store.commit(instance, epoch, changes, List.of())
                .thenRun(() -> events.forEach(event -> tell(instance, event)));
    }

    private static void tell(long instance, SessionEvent event) {
        switch (event) {
            case SessionEvent.StatusChanged changed -> tell(instance, changed.status());
            case SessionEvent.Linked linked -> log.info("Instance {} is linked", instance);
            case SessionEvent.Unlinked unlinked -> log.info("Instance {} was unlinked: {}", instance, unlinked.cause());
            case SessionEvent.GroupMembersChanged members ->
                log.info(
                        "Instance {}: members of {} changed, {}{}",
                        instance,
                        members.group(),
                        members.action(),
                        members.self() ? ", this account among them" : "");
            case SessionEvent.PictureChanged picture ->
                log.info(
                        "Instance {}: the picture of {} was {}",
                        instance,
                        picture.subject().isGroup() ? picture.subject() : "somebody",
                        picture.id().isPresent() ? "changed" : "removed");
            case SessionEvent.IdentityChanged identity ->
                log.info("Instance {}: a contact registered anew, with other keys", instance);
            case SessionEvent.GroupChanged group -> log.info("Instance {}: {} changed", instance, group.group());
        }
    }

    private static void tell(long instance, SessionStatus status) {
        switch (status.phase()) {
            case ONLINE -> log.info("Instance {} is online", instance);
            case RECONNECTING, REFUSED, UNLINKED ->
                log.info(
                        "Instance {} is {}{}",
                        instance,
                        status.phase(),
                        status.lastDisconnect()
                                .map(disconnect -> ", cause " + disconnect.cause())
                                .orElse(""));
            case PASSKEY_REQUIRED -> log.warn("Instance {} can't be linked now: WhatsApp demands a passkey", instance);
            case PAIRING, CONNECTING, CLOSED -> log.debug("Instance {} is {}", instance, status.phase());
        }
    }
}
