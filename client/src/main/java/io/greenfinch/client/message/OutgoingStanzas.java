package io.greenfinch.client.message;

import io.greenfinch.client.SessionEvent;
import io.greenfinch.client.stanza.Exchange;
import io.greenfinch.client.stanza.Outcome;
import io.greenfinch.client.stanza.Refusal;
import io.greenfinch.client.stanza.Silence;
import io.greenfinch.client.stanza.Wire;
import io.greenfinch.client.store.Change;
import io.greenfinch.client.store.StateKey;
import io.greenfinch.client.store.StateKind;
import io.greenfinch.client.store.StoreException;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import io.greenfinch.protocol.binary.NodeDecoder;
import io.greenfinch.protocol.binary.NodeEncoder;
import io.greenfinch.protocol.signal.PreKeyBundle;
import io.greenfinch.protocol.signal.SignalSession;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The bytes of messages that are sent: who gets a message, what sessions that takes, and what is said to each (specification §14). They
 * are stored together with the steps of the ratchets before they leave, and stay until WhatsApp has accepted or refused them. Blocks, as
 * {@link Messages#send}; thread-safe, for one call about a chat at a time.
 */
final class OutgoingStanzas {

    private final MessageContext context;
    private final Wire wire;
    private final RecipientSearch search;
    private final SentMessages sent;
    private final Withdrawals withdrawals;
    private final TrustTokens tokens;
    private final Set<String> taken;
    private final OwnerSteps steps;

    /** @param taken the ids of messages that WhatsApp has accepted and of which that is not stored yet; thread-safe */
    OutgoingStanzas(
            MessageContext context,
            Wire wire,
            RecipientSearch search,
            SentMessages sent,
            TrustTokens tokens,
            Set<String> taken,
            OwnerSteps steps) {
        this.context = context;
        this.wire = wire;
        this.search = search;
        this.sent = sent;
        this.withdrawals = new Withdrawals(sent);
        this.tokens = tokens;
        this.taken = taken;
        this.steps = steps;
    }

    static StateKey place(String id) {
        return new StateKey(StateKind.OUTGOING, id);
    }

    /**
     * What is not true any more of a message that WhatsApp has not taken: its bytes, and, where they told devices the key of a chat,
     * that these have it. Everybody gets another key with the next message.
     */
    static List<StateKey> untold(String id, Node stanza) {
        Optional<Jid> chat = stanza.jid("to")
                .filter(to -> to.isGroup() || to.isStatus())
                .filter(to -> stanza.child("participants").isPresent());
        return chat.map(to -> List.of(place(id), new StateKey(StateKind.GROUP_KEY, to.toString())))
                .orElseGet(() -> List.of(place(id)));
    }

    /** The bytes that were stored for it, or new ones; stored they are in either case, and not only about to be. */
    Outcome<Node> find(OutgoingMessage message, boolean anew, Instant deadline) {
        if (context.account().get().isEmpty()) {
            return new Outcome.Unknown<>(Silence.NOT_LINKED);
        }
        if (taken.contains(message.id())) {
            return new Outcome.Unknown<>(Silence.UNKNOWN);
        }
        try {
            Optional<byte[]> stored = context.state().find(place(message.id()));
            if (stored.isPresent()) {
                return steps.run(deadline, state -> {})
                        ? new Outcome.Done<>(NodeDecoder.decode(stored.get()))
                        : new Outcome.Unknown<>(Silence.NOT_SENT);
            }
            return search.find(withdrawals.addressed(message), anew, deadline)
                    .then(recipients -> bundles(recipients, anew, deadline)
                            .then(bundles -> encrypted(message, recipients, bundles, anew, deadline)));
        } catch (StoreException e) {
            return new Outcome.Unknown<>(Silence.NOT_SENT); // the store's trouble is told where it is
        }
    }

    Set<String> taken() {
        return taken;
    }

    private List<SessionEvent> spelled(OutgoingMessage message, Recipients recipients) {
        Jid given = message.chat();
        Jid number = recipients.chat();
        return given.isPn() && number.isPn() && !given.equals(number)
                ? List.of(new SessionEvent.NumberSpelled(context.shared().wall().instant(), given, number))
                : List.of();
    }

    /** What sessions with those are started from with whom there is none. */
    private Outcome<Map<Jid, PreKeyBundle>> bundles(Recipients recipients, boolean anew, Instant deadline) {
        List<Jid> wanted = new ArrayList<>();
        Map<StateKey, byte[]> known =
                context.state().read(DeviceSessions.keys(recipients.all(), context.state()::find));
        for (Jid device : recipients.all()) {
            boolean open = DeviceSessions.keys(List.of(device), context.state()::find).stream()
                    .map(known::get)
                    .anyMatch(stored ->
                            stored != null && SignalSession.decode(stored).isOpen());
            if (!open || anew) {
                wanted.add(device);
            }
        }
        return wanted.isEmpty()
                ? new Outcome.Done<>(Map.of())
                : Exchange.ask(
                        wire, BundleQuestion.stanza(wanted, anew), new BundleQuestion(recipients.needed()), deadline);
    }

    private Outcome<Node> encrypted(
            OutgoingMessage message,
            Recipients recipients,
            Map<Jid, PreKeyBundle> bundles,
            boolean anew,
            Instant deadline) {
        CompletableFuture<Optional<Outcome<Node>>> stored = new CompletableFuture<>();
        List<Change> withdrawn = withdrawals.changes(message);
        AtomicBoolean givenUp = new AtomicBoolean();
        steps.run(stored, () -> {
            PendingState state = new PendingState(context.state());
            if (givenUp.get()) { // another attempt may be under way
                stored.complete(Optional.empty());
                return;
            }
            context.state().require(DeviceSessions.keys(recipients.all(), state::find));
            // Another message may have opened a session meanwhile.
            Map<Jid, PreKeyBundle> needed = new HashMap<>(bundles);
            needed.keySet()
                    .removeIf(device ->
                            !anew && DeviceSessions.find(state, device).isOpen());
            Optional<Node> stanza = new Encryption(
                            context.keyring().get(),
                            state,
                            needed,
                            tokens,
                            context.shared().random())
                    .encrypt(message, recipients);
            if (stanza.isEmpty()) {
                stored.complete(Optional.of(new Outcome.Refused<>(Refusal.NOT_ON_WHATSAPP, 0)));
                return;
            }
            Aliases.spell(state, message.chat(), recipients.chat());
            state.put(place(message.id()), NodeEncoder.encode(stanza.get()));
            List<Change> changes = state.changes();
            changes.add(sent.keep(message, recipients));
            changes.addAll(withdrawn);
            context.intake()
                    .add(
                            changes,
                            spelled(message, recipients),
                            () -> stored.complete(Optional.of(new Outcome.Done<>(stanza.get()))));
        });
        Optional<Outcome<Node>> made = steps.await(stored, deadline);
        givenUp.set(made.isEmpty());
        return made.orElseGet(() -> new Outcome.Unknown<>(Silence.NOT_SENT));
    }
}
