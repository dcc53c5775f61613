package io.greenfinch.client.message;

import com.google.protobuf.ByteString;
import io.greenfinch.client.contact.Contacts;
import io.greenfinch.client.device.DeviceList;
import io.greenfinch.client.device.Devices;
import io.greenfinch.client.group.Groups;
import io.greenfinch.client.stanza.Outcome;
import io.greenfinch.client.stanza.Silence;
import io.greenfinch.client.stanza.StanzaHandler;
import io.greenfinch.client.stanza.Turns;
import io.greenfinch.client.stanza.Wire;
import io.greenfinch.client.store.Change;
import io.greenfinch.client.store.StateKey;
import io.greenfinch.client.store.StateKind;
import io.greenfinch.client.store.StoreException;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import io.greenfinch.protocol.binary.NodeDecoder;
import io.greenfinch.protocol.proto.AppStateSyncKeyId;
import io.greenfinch.protocol.proto.AppStateSyncKeyRequest;
import io.greenfinch.protocol.proto.ProtocolMessage;
import io.greenfinch.protocol.proto.ProtocolMessageType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** The messages of a session: puts the parts together. */
public final class SessionMessages implements Messages {

    private static final String ID_PREFIX = "3EB0";
    private static final int ID_BYTES = 9;
    private static final int MAX_READ = 256;

    private final MessageContext context;
    private final Supplier<Parts> parts;
    private final SentMessages sent;
    private final TrustTokens tokens;
    private final UnreadableMessages unreadable;
    private final HistoryNotices history;
    private final Resending resending;
    private final PeerMessages peers;
    private final Turns turns;
    private final Set<String> taken = ConcurrentHashMap.newKeySet(1);
    private boolean resumed;

    /**
     * What sending works with beside the context.
     *
     * @param givesReadReceipts asks whether people are told what the account has read
     * @param line sends to the server if the session is online, on its thread; tells whether it was
     */
    public record Parts(
            Wire wire,
            Contacts contacts,
            Devices devices,
            Groups groups,
            Function<Instant, Outcome<Boolean>> givesReadReceipts,
            Predicate<Node> line) {}

    /**
     * Messages of a session that is being put together.
     *
     * @param history takes what the phone tells of its history
     * @param parts asked for when the first message is sent
     */
    public SessionMessages(MessageContext context, HistoryNotices history, Supplier<Parts> parts) {
        this.context = context;
        this.history = history;
        this.parts = parts;
        this.sent = new SentMessages(context);
        this.unreadable = new UnreadableMessages(context);
        this.tokens = new TrustTokens(context);
        this.resending = new Resending(context, parts, sent, tokens);
        this.peers = new PeerMessages(context, tokens, () -> parts.get().line(), this::newId);
        this.turns = new Turns(context.shared().timers());
    }

    /** Takes messages in on one connection. */
    public StanzaHandler incoming(Consumer<Node> line) {
        return new MessageHandler(context, unreadable, history, line);
    }

    /** Takes receipts in. */
    public StanzaHandler receipts() {
        return new ReceiptHandler(context, resending);
    }

    /** Takes in whom we may write to. */
    public StanzaHandler trust() {
        return tokens::decide;
    }

    /**
     * Somebody registered anew: the sessions with their devices are void, whichever of their names those are known by. On the
     * session's thread.
     */
    public List<Change> identityChanged(Jid account) {
        PendingState state = new PendingState(context.state());
        for (Jid name : names(account)) {
            context.devices()
                    .find(name)
                    .map(DeviceList::devices)
                    .orElse(List.of())
                    .forEach(device -> DeviceSessions.remove(state, device));
            DeviceSessions.remove(state, name);
        }
        return state.changes();
    }

    /** What is known of somebody's devices is not true any more. On the session's thread. */
    public void forgetDevices(Jid account) {
        names(account).forEach(context.devices()::forget);
    }

    private List<Jid> names(Jid account) {
        List<Jid> names = new ArrayList<>(List.of(account));
        Aliases.other(account, context.state()::find).ifPresent(names::add);
        return names;
    }

    /** Two names of one person were told. On the session's thread. */
    public void named(Jid one, Jid other) {
        PendingState state = new PendingState(context.state());
        Aliases.learn(state, one, other);
        context.intake().add(state.changes(), List.of());
    }

    /** The state was loaded anew. On the session's thread. */
    public void loaded() {
        resumed = false;
        unreadable.loaded();
        taken.clear(); // what was not stored of them is asked for again
    }

    /** The session is online, for the first time or again. On its thread. */
    public void online() {
        if (!resumed) {
            resumed = true;
            Thread.ofVirtual().name("unreadable-" + context.instance()).start(unreadable::resume);
        }
    }

    @Override
    public Outcome<SentMessage> send(OutgoingMessage message, Instant deadline) {
        Jid chat = message.chat().account();
        if (!turns.take(List.of(chat), deadline)) {
            return new Outcome.Unknown<>(Silence.NOT_SENT);
        }
        try {
            Parts with = parts.get();
            RecipientSearch search =
                    new RecipientSearch(context, with.wire(), with.contacts(), with.devices(), with.groups());
            return new MessageSending(context, with.wire(), search, sent, tokens, taken).send(message, deadline);
        } finally {
            turns.giveBack(List.of(chat));
        }
    }

    @Override
    public Outcome<Integer> markRead(Jid chat, Optional<Jid> sender, List<String> ids, Instant deadline) {
        if (ids.isEmpty() || ids.size() > MAX_READ) {
            throw new IllegalArgumentException("1 to " + MAX_READ + " messages can be marked at a time");
        }
        Parts with = parts.get();
        if (!with.wire().awaitOnline(deadline)) {
            return new Outcome.Unknown<>(Silence.NOT_SENT);
        }
        // Where nobody is to be told of reading, the account's own devices are all the same (specification §15.1). A
        // server that
        // has no such settings refuses the question.
        Outcome<Boolean> given = with.givesReadReceipts().apply(deadline);
        if (given instanceof Outcome.Unknown) {
            return given.instead();
        }
        String type = given.done().orElse(true) ? "read" : "read-self";
        CompletableFuture<Optional<Boolean>> written = new CompletableFuture<>();
        OwnerSteps steps = new OwnerSteps(context, with.wire());
        steps.run(written, () -> {
            boolean online = with.line().test(reading(chat, sender, ids, type));
            written.complete(online ? Optional.of(true) : Optional.empty());
        });
        return steps.await(written, deadline)
                .<Outcome<Integer>>map(done -> new Outcome.Done<>(ids.size()))
                .orElseGet(() -> new Outcome.Unknown<>(Silence.NOT_SENT));
    }

    private Node reading(Jid chat, Optional<Jid> sender, List<String> ids, String type) {
        Node.Builder receipt = Node.element("receipt")
                .attribute("id", ids.getFirst())
                .attribute("to", Aliases.writesAs(chat, context.state()::find))
                .attribute("type", type)
                .attribute("t", context.shared().wall().instant().getEpochSecond())
                .attribute("participant", sender.filter(jid -> chat.isGroup()).map(jid -> member(chat, jid)));
        if (ids.size() > 1) {
            Node.Builder list = Node.element("list");
            ids.stream().skip(1).forEach(id -> list.child(Node.element("item").attribute("id", id)));
            receipt.child(list);
        }
        return receipt.build();
    }

    /** Somebody as the group names its members. */
    private Jid member(Jid group, Jid person) {
        boolean byLid = context.book()
                .find(group)
                .map(known -> known.group().lidAddressed())
                .orElse(person.isLid());
        return byLid == person.isLid()
                ? person
                : Aliases.other(person, context.state()::find).orElse(person);
    }

    @Override
    public void composing(Jid chat, Composing what) {
        Node.Builder shown = Node.element(what == Composing.NOTHING ? "paused" : "composing");
        if (what == Composing.VOICE) {
            shown.attribute("media", "audio");
        }
        Node.Builder state = Node.element("chatstate").child(shown);
        Parts with = parts.get();
        new OwnerSteps(context, with.wire()).run(new CompletableFuture<>(), () -> {
            Jid to = Aliases.writesAs(chat, context.state()::find);
            var _ = with.line().test(state.attribute("to", to).build());
        });
    }

    /** The token by which somebody trusts us, as what we ask of them carries it (specification §25). Blocks on the store. */
    public Optional<Node> token(Jid person) {
        try {
            return tokens.of(person, context.state()::find);
        } catch (StoreException e) {
            return Optional.empty(); // the store's trouble is told where it is
        }
    }

    /** Asks our phone for a key of the app state that it has not shared with us (specification §22). Returns at once. */
    public void askForKey(ByteString id) {
        peers.send(ProtocolMessage.newBuilder()
                .setType(ProtocolMessageType.APP_STATE_SYNC_KEY_REQUEST)
                .setAppStateSyncKeyRequest(AppStateSyncKeyRequest.newBuilder()
                        .addKeyIds(AppStateSyncKeyId.newBuilder().setKeyId(id))));
    }

    @Override
    public void giveUp(String id) {
        context.owner()
                .execute(() -> context.steps().run(List.of(new StateKey(StateKind.OUTGOING, id)), () -> {
                    PendingState state = new PendingState(context.state());
                    state.find(new StateKey(StateKind.OUTGOING, id))
                            .map(NodeDecoder::decode)
                            .ifPresent(
                                    stanza -> OutgoingStanzas.untold(id, stanza).forEach(state::remove));
                    context.intake().add(state.changes(), List.of());
                }));
    }

    @Override
    public String newId() {
        byte[] bytes = new byte[ID_BYTES];
        context.shared().random().nextBytes(bytes);
        return ID_PREFIX + HexFormat.of().formatHex(bytes).toUpperCase(Locale.ROOT);
    }
}
