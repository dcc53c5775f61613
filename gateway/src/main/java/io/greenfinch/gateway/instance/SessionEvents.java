package io.greenfinch.gateway.instance;

import io.greenfinch.client.EventSink;
import io.greenfinch.client.SessionEvent;
import io.greenfinch.client.SessionStatus;
import io.greenfinch.client.store.Change;
import io.greenfinch.client.store.SessionStore;
import io.greenfinch.gateway.instance.EventProjection.Projection;
import io.greenfinch.gateway.store.Row;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * The gateway's side of "store, then acknowledge": commits what sessions hand over together with the rows that it leaves
 * and, once that is durable, publishes the events; today that is a line in the log, without content. Publishing happens on
 * threads of its own, one unit of a session after the other: the session's next unit comes when the stage of the last one
 * has completed, which is when its events are published. Thread-safe; never blocks.
 */
public final class SessionEvents implements EventSink {

    private static final Logger log = LoggerFactory.getLogger(SessionEvents.class);

    private final SessionStore<Row> store;
    private final EventProjection projection;
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private final ThreadFactory threads = Thread.ofVirtual().name("publish-", 0).factory();

    public SessionEvents(SessionStore<Row> store, EventProjection projection) {
        this.store = store;
        this.projection = projection;
    }

    /** Is told of what has happened once it is stored, in order. It must be short. */
    @FunctionalInterface
    public interface Listener {
        void happened(long instance, SessionEvent event);
    }

    /** Tells this listener of all that happens from now on. */
    public void listen(Listener listener) {
        listeners.add(listener);
    }

    @Override
    public CompletionStage<Void> store(long instance, long epoch, List<Change> changes, List<SessionEvent> events) {
        Projection left = projection.project(instance, events);
        if (changes.isEmpty() && left.rows().isEmpty()) {
            publish(instance, events);
            return CompletableFuture.completedFuture(null);
        }
        CompletionStage<Void> stored = store.commit(instance, epoch, changes, left.rows())
                .whenComplete((done, failure) -> {
                    if (failure == null) {
                        left.durable();
                    } else {
                        left.doubtful();
                    }
                });
        return events.isEmpty() ? stored : stored.thenRunAsync(() -> publish(instance, events), this::start);
    }

    private void start(Runnable publication) {
        threads.newThread(publication).start();
    }

    /** What is stored is stored, whatever becomes of its publication. */
    private void publish(long instance, List<SessionEvent> events) {
        for (SessionEvent event : events) {
            try {
                tell(instance, event);
                listeners.forEach(listener -> listener.happened(instance, event));
            } catch (RuntimeException e) {
                log.error("An event of instance {} could not be published", instance, e);
            }
        }
    }

    private static void tell(long instance, SessionEvent event) {
        switch (event) {
            case SessionEvent.StatusChanged changed -> tell(instance, changed.status());
            case SessionEvent.Linked linked -> log.info("Instance {} is linked", instance);
            case SessionEvent.Unlinked unlinked -> log.info("Instance {} was unlinked: {}", instance, unlinked.cause());
            case SessionEvent.GroupMembersChanged members ->
                // Of large groups somebody always comes or goes.
                log.atLevel(members.self() ? Level.INFO : Level.DEBUG)
                        .log(
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
            case SessionEvent.AppStateChanged changed ->
                log.debug(
                        "Instance {}: {} entries of {} changed",
                        instance,
                        changed.actions().size(),
                        changed.collection());
            case SessionEvent.DisappearingTimerChanged timer ->
                log.debug("Instance {}: messages of a chat disappear after {} s", instance, timer.seconds());
            case SessionEvent.MessageReceived received -> log.debug("Instance {}: a message came in", instance);
            case SessionEvent.NumberSpelled spelled ->
                log.debug("Instance {}: WhatsApp writes a number in another way than it was given", instance);
            case SessionEvent.MessageAccepted accepted ->
                log.debug("Instance {}: WhatsApp has accepted message {}", instance, accepted.id());
            case SessionEvent.MessageRefused refused ->
                log.info(
                        "Instance {}: message {} was refused: {} {}",
                        instance,
                        refused.id(),
                        refused.reason(),
                        refused.code());
            case SessionEvent.HistoryRead read ->
                log.debug(
                        "Instance {}: {} messages and {} names of its phone's history",
                        instance,
                        read.messages().size(),
                        read.names().size());
            case SessionEvent.HistoryProgressed progressed ->
                log.info("Instance {} has {} % of its phone's history", instance, progressed.percent());
            case SessionEvent.ReceiptReceived receipt -> log.debug("Instance {}: a receipt came in", instance);
            case SessionEvent.BlockListChanged changed ->
                log.debug("Instance {}: somebody was {}", instance, changed.blocked() ? "blocked" : "unblocked");
            case SessionEvent.CallOffered offered -> log.debug("Instance {}: there is a call", instance);
            case SessionEvent.CallEnded ended -> log.debug("Instance {}: a call has ended, {}", instance, ended.end());
        }
    }

    private static void tell(long instance, SessionStatus status) {
        switch (status.phase()) {
            case ONLINE -> log.info("Instance {} is online", instance);
            case REFUSED ->
                log.warn(
                        "Instance {} is refused by WhatsApp: {}",
                        instance,
                        status.lastDisconnect()
                                .map(disconnect -> disconnect.cause().word())
                                .orElse(""));
            case RECONNECTING, UNLINKED ->
                log.info(
                        "Instance {} is {}{}",
                        instance,
                        status.phase(),
                        status.lastDisconnect()
                                .map(disconnect -> ", cause " + disconnect.cause())
                                .orElse(""));
            case PASSKEY_REQUIRED -> log.warn("Instance {}: WhatsApp demands a passkey for linking", instance);
            case PAIRING, CONNECTING, CLOSED -> log.debug("Instance {} is {}", instance, status.phase());
        }
    }
}
