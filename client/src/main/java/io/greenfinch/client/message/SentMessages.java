package io.greenfinch.client.message;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.greenfinch.client.proto.StoredSent;
import io.greenfinch.client.store.Change;
import io.greenfinch.client.store.StateKey;
import io.greenfinch.client.store.StateKind;
import io.greenfinch.client.store.StoreException;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.proto.Message;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was sent lately, kept for devices that could not read it (specification §15.3): at most {@value #KEPT} messages of one
 * account, for two weeks. Older ones are let go of in passing. Thread-safe.
 */
final class SentMessages {

    private static final int KEPT = 2048;

    /** So many may be kept beyond that before they are let go of. */
    private static final int SLACK = 64;

    private static final Duration LIFE = Duration.ofDays(14);

    /**
     * A message of ours.
     *
     * @param audience who may see it, of a status update
     * @param at when it was encrypted
     */
    record Sent(Jid chat, Message content, List<Jid> audience, Instant at) {
        @Override
        public String toString() {
            return "Sent[" + chat + "]";
        }
    }

    private static final Logger log = LoggerFactory.getLogger(SentMessages.class);

    private final MessageContext context;
    private final AtomicInteger untidied = new AtomicInteger(SLACK - 1);

    SentMessages(MessageContext context) {
        this.context = context;
    }

    /** The change that keeps one, under the name that it went to: by that its devices ask for it again. */
    Change.Put keep(OutgoingMessage message, Recipients recipients) {
        String key = "%013d-%s".formatted(context.shared().wall().millis(), message.id());
        StoredSent.Builder stored = StoredSent.newBuilder()
                .setChat(recipients.chat().toString())
                .setContent(ByteString.copyFrom(message.content().toByteArray()));
        if (message.chat().isStatus()) {
            recipients.devices().stream()
                    .map(device -> device.account().toString())
                    .distinct()
                    .forEach(stored::addAudience);
        }
        return new Change.Put(StateKind.SENT, key, stored.build().toByteArray());
    }

    /** One of them, if it is still kept. Blocks; not for the session's thread. */
    Optional<Sent> find(String id) {
        return key(id).flatMap(key ->
                context.state().find(new StateKey(StateKind.SENT, key)).flatMap(stored -> parse(key, stored)));
    }

    /** The change that lets go of one, if it is still kept. Blocks; not for the session's thread. */
    Optional<Change> removal(String id) {
        return key(id).map(key -> new Change.Remove(StateKind.SENT, key));
    }

    private Optional<String> key(String id) {
        return context.keys(StateKind.SENT).stream()
                .filter(key -> key.endsWith("-" + id))
                .max(String::compareTo);
    }

    private static Optional<Sent> parse(String key, byte[] stored) {
        try {
            StoredSent sent = StoredSent.parseFrom(stored);
            Message content = Message.parseFrom(sent.getContent());
            List<Jid> audience = sent.getAudienceList().stream()
                    .flatMap(person -> Jid.parse(person).stream())
                    .toList();
            return Jid.parse(sent.getChat())
                    .map(chat -> new Sent(
                            chat,
                            content,
                            audience,
                            Instant.ofEpochMilli(Long.parseLong(key.substring(0, key.indexOf('-'))))));
        } catch (InvalidProtocolBufferException e) {
            return Optional.empty();
        }
    }

    /** To be called after each: now and then the oldest go. Blocks then; not for the session's thread. */
    void tidy() {
        if (untidied.incrementAndGet() < SLACK) {
            return;
        }
        untidied.set(0);
        Set<String> keys;
        try {
            keys = new TreeSet<>(context.keys(StateKind.SENT));
        } catch (StoreException e) {
            log.warn("What is kept of messages can't be looked through: {}", e.getMessage());
            return; // the next ones try again
        }
        Instant oldest = context.shared().wall().instant().minus(LIFE);
        String limit = "%013d".formatted(oldest.toEpochMilli());
        List<Change> gone = new ArrayList<>();
        int left = keys.size();
        for (String key : keys) {
            if (left > KEPT || key.compareTo(limit) < 0) {
                gone.add(new Change.Remove(StateKind.SENT, key));
                left--;
            }
        }
        if (!gone.isEmpty()) {
            context.owner().execute(() -> context.intake().add(gone, List.of()));
        }
    }
}
