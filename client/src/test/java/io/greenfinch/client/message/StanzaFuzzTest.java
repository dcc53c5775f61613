package io.greenfinch.client.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.greenfinch.client.Account;
import io.greenfinch.client.ClientContexts;
import io.greenfinch.client.ClientMetrics;
import io.greenfinch.client.SessionEvent;
import io.greenfinch.client.SteppedClock;
import io.greenfinch.client.appstate.AppStateBook;
import io.greenfinch.client.appstate.AppStateContext;
import io.greenfinch.client.appstate.SessionAppState;
import io.greenfinch.client.connection.ClientContext;
import io.greenfinch.client.connection.Route;
import io.greenfinch.client.device.DeviceBook;
import io.greenfinch.client.group.GroupBook;
import io.greenfinch.client.history.HistoryPlaces;
import io.greenfinch.client.history.SessionHistory;
import io.greenfinch.client.keys.Credentials;
import io.greenfinch.client.keys.DeviceKeys;
import io.greenfinch.client.keys.HeldKeys;
import io.greenfinch.client.keys.KeyCare;
import io.greenfinch.client.keys.Keyring;
import io.greenfinch.client.keys.PreKeyNumbers;
import io.greenfinch.client.stanza.Intake;
import io.greenfinch.client.stanza.OrderedSteps;
import io.greenfinch.client.stanza.StanzaDecision;
import io.greenfinch.client.store.Change;
import io.greenfinch.client.store.InMemorySessionStore;
import io.greenfinch.client.store.ProcessCache;
import io.greenfinch.client.store.SessionState;
import io.greenfinch.client.store.SessionStore;
import io.greenfinch.client.store.StateKind;
import io.greenfinch.client.time.SteppedTimers;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import io.greenfinch.protocol.signal.Decryption;
import io.greenfinch.protocol.signal.EncryptedMessage;
import io.greenfinch.protocol.signal.LocalIdentity;
import io.greenfinch.protocol.signal.OwnSenderKey;
import io.greenfinch.protocol.signal.PreKeyBundle;
import io.greenfinch.protocol.signal.ReceivedSenderKeys;
import io.greenfinch.protocol.signal.SessionCipher;
import io.greenfinch.protocol.signal.SignalSession;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * Message and receipt stanzas of any shape, and genuine messages with any content: a handler decides about each without a
 * failure, and what it decides can be stored. Nothing of it is applied, so that each begins with the same state.
 */
class StanzaFuzzTest {

    private static final Jid GROUP = Jid.group("120363000000000001");
    private static final Jid BOB = new Jid("900000000000002", 1, Jid.LIDS, 0);
    private static final Jid ANNA = new Jid("900000000000001", 3, Jid.LIDS, 0);
    private static final List<Jid> JIDS = List.of(
            GROUP,
            BOB,
            ANNA,
            ANNA.account(),
            Jid.pn("15550001001"),
            Jid.pn("15550001002"),
            Jid.SERVER,
            new Jid("status", 0, "broadcast", 0),
            new Jid("120363000000000009", 0, "newsletter", 0),
            new Jid("5", 300, Jid.MESSENGER, 0),
            new Jid("867051314767696", 0, "bot", 0));

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final DeviceKeys OWN = DeviceKeys.generate(RANDOM);
    private static final DeviceKeys OTHER = DeviceKeys.generate(RANDOM);
    private static final SignalSession TO_US = SessionCipher.start(
                    SignalSession.none(),
                    new PreKeyBundle(
                            OWN.registrationId(),
                            OWN.identity().publicKey(),
                            OWN.signedPreKey().id(),
                            OWN.signedPreKey().keys().publicKey(),
                            OWN.signedPreKey().signature(),
                            Optional.empty()),
                    OTHER.identity(),
                    RANDOM)
            .orElseThrow();
    private static final OwnSenderKey BOBS_KEY = OwnSenderKey.generate(RANDOM);

    private static final MessageContext CONTEXT = context();
    private static final MessageHandler MESSAGES = new MessageHandler(
            CONTEXT,
            new UnreadableMessages(CONTEXT),
            new SessionHistory(CONTEXT, new HistoryPlaces(), () -> {
                throw new IllegalStateException("nothing is read here");
            }),
            stanza -> {});
    private static final ReceiptHandler RECEIPTS = new ReceiptHandler(
            CONTEXT,
            new Resending(
                    CONTEXT,
                    () -> {
                        throw new IllegalStateException("nothing is sent here");
                    },
                    new SentMessages(CONTEXT),
                    new TrustTokens(CONTEXT)));

    private static MessageContext context() {
        SteppedClock clock = SteppedClock.atSomeTime();
        ClientContext shared = ClientContexts.of(clock, new SteppedTimers(clock), ClientMetrics.NONE);
        SessionStore<Void> store = new InMemorySessionStore<>();
        SessionState state = new SessionState(7, store, new ProcessCache(), () -> false);
        Executor nobody = step -> {};
        Intake intake = new Intake(
                7,
                1,
                (instance, epoch, changes, events) -> new CompletableFuture<>(),
                shared,
                nobody,
                state,
                () -> {},
                failure -> {});
        Account account = new Account(new Jid("15550001001", 3, Jid.USERS, 0), Optional.of(ANNA), "android");
        Credentials credentials = new Credentials(
                OWN,
                account,
                new byte[0],
                "",
                PreKeyNumbers.of(1, 0),
                true,
                Route.UNKNOWN,
                new KeyCare(Instant.EPOCH, true, Instant.EPOCH),
                "");
        Keyring keyring = new Keyring(intake, credentials, renamed -> {});
        GroupBook book = new GroupBook(clock, state, (changes, events) -> {});
        book.load(account, Set.of(), Set.of());
        PendingState known = new PendingState(state);
        DeviceSessions.putSenderKeys(
                known, GROUP, BOB, ReceivedSenderKeys.none().with(BOBS_KEY.distribution()));
        // A session that is there already costs less than one that begins.
        if (SessionCipher.decrypt(
                        SignalSession.none(), fromBob(new byte[1]), new HeldKeys(credentials, known::find), RANDOM)
                instanceof Decryption.Decrypted<SignalSession> read) {
            DeviceSessions.put(known, BOB, read.state());
        }
        state.decided(known.changes());
        OrderedSteps steps = new OrderedSteps(shared, state, nobody, failure -> {});
        return new MessageContext(
                shared,
                nobody,
                steps,
                intake,
                state,
                keyring,
                book,
                new DeviceBook(shared.cache()),
                7,
                store,
                () -> Optional.of(account),
                new SessionAppState(
                        new AppStateContext(
                                shared, nobody, steps, intake, state, keyring, store, 7, chat -> chat, () -> {}),
                        new AppStateBook(state),
                        () -> {
                            throw new IllegalStateException("nothing is fetched here");
                        }));
    }

    @FuzzTest
    void message(FuzzedDataProvider data) {
        Node stanza = new FuzzedStanza(data, JIDS).element("message").build();
        MESSAGES.needs(stanza);
        assertThat(MESSAGES.decide(stanza)).satisfies(StanzaFuzzTest::canBeStored);
    }

    @FuzzTest
    void receipt(FuzzedDataProvider data) {
        Node stanza = new FuzzedStanza(data, JIDS).element("receipt").build();
        RECEIPTS.needs(stanza);
        assertThat(RECEIPTS.decide(stanza)).satisfies(StanzaFuzzTest::canBeStored);
    }

    /** Somebody with whom we have a session may write what he likes. */
    @FuzzTest
    void genuineMessage(FuzzedDataProvider data) {
        Node.Builder stanza = new FuzzedStanza(data, JIDS).attributes(Node.element("message"));
        stanza.attribute("id", "3EB0AA").attribute("from", BOB);
        stanza.child(enc(fromBob(data.consumeRemainingAsBytes())));
        assertThat(MESSAGES.decide(stanza.build())).satisfies(StanzaFuzzTest::canBeStored);
    }

    @FuzzTest
    void genuineMessageToAGroup(byte[] padded) {
        Node stanza = Node.element("message")
                .attribute("id", "3EB0AB")
                .attribute("from", GROUP)
                .attribute("participant", BOB)
                .child(enc(BOBS_KEY.encrypt(padded, RANDOM).message()))
                .build();
        assertThat(MESSAGES.decide(stanza)).satisfies(StanzaFuzzTest::canBeStored);
    }

    private static EncryptedMessage fromBob(byte[] padded) {
        return SessionCipher.encrypt(TO_US, new LocalIdentity(OTHER.identity(), OTHER.registrationId()), padded)
                .message();
    }

    private static Node enc(EncryptedMessage message) {
        return Node.element("enc")
                .attribute("v", "2")
                .attribute("type", message.kind().type())
                .bytes(message.bytes())
                .build();
    }

    private static void canBeStored(StanzaDecision decision) {
        for (Change change : decision.changes()) {
            switch (change) {
                case Change.Put put -> assertThat(put.key()).hasSizeBetween(1, Change.MAX_KEY);
                case Change.Remove remove -> assertThat(remove.key()).hasSizeBetween(1, Change.MAX_KEY);
                case Change.Clear clear -> assertThat(clear.kind()).isNotEqualTo(StateKind.CREDENTIALS);
            }
        }
        for (SessionEvent event : decision.events()) {
            if (event instanceof SessionEvent.MessageReceived(Instant at, ChatMessage told)) {
                assertThat(told.id()).hasSizeBetween(1, Delivery.MAX_ID);
                assertThat(told.chat().toString()).hasSizeBetween(1, Delivery.MAX_ID);
                assertThat(told.sender().toString()).isNotEmpty();
            }
            if (event instanceof SessionEvent.ReceiptReceived told) {
                assertThat(told.chat().toString()).hasSizeBetween(1, Delivery.MAX_ID);
            }
        }
    }
}
