package io.greenfinch.simulator.phone;

import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import io.greenfinch.protocol.message.MessageEnvelope;
import io.greenfinch.simulator.account.Companion;
import io.greenfinch.simulator.account.Device;
import io.greenfinch.simulator.account.Phone;
import io.greenfinch.simulator.account.SimulatedAccount;
import io.greenfinch.simulator.group.SimulatedGroup;
import io.greenfinch.simulator.media.MediaHost;
import io.greenfinch.simulator.message.MessageRouter;
import io.greenfinch.simulator.notification.LowPreKeys;
import io.greenfinch.simulator.world.World;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The app on all simulated phones: it reads what each is sent and puts it on its screen, and sends what its owner writes. It knows of the
 * world only what is on other phones too: who people are, and what a group is called that it never heard of.
 *
 * <p>Guarded by the world's lock, but for {@link #listen}. Of each phone the last thousand texts are kept.
 */
public final class Phones {

    private static final Logger log = LoggerFactory.getLogger(Phones.class);

    private final World world;
    private final PhoneTools tools;
    private final PhoneReader reader;
    private final PhoneWriter writer;
    private final PhoneRetries retries;
    private final Welcome welcome;
    private final PhoneFiles files;
    private final Map<SimulatedAccount, PhoneState> states = new HashMap<>();
    private final List<Consumer<DisplayedText>> listeners = new CopyOnWriteArrayList<>();

    /**
     * The phones of {@code world}, read from now on. They know the groups that there are already.
     *
     * @param router takes what they send
     * @param ids gives ids for stanzas of the service
     * @param media where files are stored
     */
    public Phones(World world, MessageRouter router, Supplier<String> ids, MediaHost media) {
        this.world = world;
        this.tools = new PhoneTools(
                world, new LowPreKeys(world, ids), new IdentityProofs(), new GroupReading(), world.random());
        this.retries = new PhoneRetries(world, router);
        this.writer = new PhoneWriter(world, router);
        this.welcome = new Welcome(world, router, writer, media);
        this.files = new PhoneFiles(world, media);
        this.reader = new PhoneReader(world, router, retries, (phone, text) -> show(phone.screen(), text), this::told);
        world.change(() -> {
            world.groups()
                    .all()
                    .forEach(group -> group.accounts()
                            .forEach(account -> state(account).screen().subject(group.jid(), group.subject())));
            world.accounts().readPhones(this::read);
        });
    }

    /** Adds a listener, which is called when the world's lock is free, for each stanza in the order in which phones read them. */
    public void listen(Consumer<DisplayedText> listener) {
        listeners.add(listener);
    }

    /** What this person's phone showed, oldest first; a copy. */
    public List<DisplayedText> seenBy(SimulatedAccount account) {
        return Optional.ofNullable(states.get(account))
                .map(state -> state.screen().texts())
                .orElse(List.of());
    }

    /** Does on this person's phone what the person wants. */
    public ChatAction.Outcome write(SimulatedAccount account, ChatAction action) {
        return writer.write(state(account), action);
    }

    /** Has this person's phone lose its Signal sessions and sender keys, so that it can't read what comes by them. */
    public void forgetSessions(SimulatedAccount account) {
        state(account).forgetSecrets();
    }

    /** What this person's phone knows of the account's app state, to be used inside a change of the world. */
    public PhoneAppState appState(SimulatedAccount account) {
        return state(account).appState();
    }

    /** From now on this person's phone tells new companions that it had read and written this before. */
    public void synthetic(SimulatedAccount account, SyntheticHistory history) {
        state(account).synthetic(history);
    }

    private PhoneState state(SimulatedAccount account) {
        return states.computeIfAbsent(account, _ -> new PhoneState(account.phone(), tools))
                .current();
    }

    /** A stanza that a phone stumbles over is lost, and nothing else. */
    private void read(Phone phone, Node stanza) {
        try {
            PhoneState me = state(phone.account());
            switch (stanza.tag()) {
                case "message" -> reader.read(me, stanza);
                case "receipt" -> receipt(me, stanza);
                case "notification" -> notification(me, stanza);
                default -> log.debug("nothing for a phone: {}", stanza);
            }
        } catch (RuntimeException e) {
            log.error("the phone of {} can't read {}", phone, stanza, e);
        }
    }

    /** Own companions may ask for the key of the app state; what else they ask for, phones need not answer. */
    private void told(PhoneState me, Device from, MessageEnvelope message) {
        if (from instanceof Companion companion
                && message.content().getProtocolMessage().hasAppStateSyncKeyRequest()) {
            welcome.shareKey(me, companion);
        }
    }

    private void receipt(PhoneState me, Node receipt) {
        if (receipt.is("type", "retry")) {
            retries.answer(me, receipt);
        } else if (receipt.is("type", "server-error")) {
            files.answer(me, receipt);
        }
    }

    /** Who is gone must not read what is sent from now on; who has other keys was told nothing yet. */
    private void notification(PhoneState me, Node notification) {
        Optional<Jid> from = notification.jid("from");
        if (from.isEmpty() || notification.children().isEmpty()) {
            return;
        }
        Node what = notification.children().getFirst();
        if (from.get().isGroup()) {
            if (what.tag().equals("remove")) {
                me.groupKeys().rotate(from.get());
            }
            readGroup(me, from.get(), notification);
        } else if (notification.is("type", "companion")) {
            what.jid("jid")
                    .flatMap(world.accounts()::companion)
                    .filter(companion -> companion.account() == me.owner())
                    .ifPresent(companion -> welcome.say(me, companion));
        } else if (notification.is("type", "devices") && what.tag().equals("remove")) {
            List<Jid> gone = what.children("device").stream()
                    .flatMap(device -> device.jid("jid").stream())
                    .toList();
            me.groupKeys().rotate(device -> gone.contains(device.pn()));
        } else if (notification.is("type", "encrypt") && what.tag().equals("identity")) {
            me.groupKeys().rotate(device -> device.account().pn().equals(from.get()));
        }
    }

    private void readGroup(PhoneState me, Jid group, Node notification) {
        SimulatedAccount owner = me.owner();
        PhoneScreen screen = me.screen();
        Node what = notification.children().getFirst();
        Optional<String> before = screen.subject(group);
        Optional<String> told = switch (what.tag()) {
            case "create" -> what.child("group").flatMap(created -> created.attribute("subject"));
            case "subject" -> what.attribute("subject");
            default -> Optional.empty();
        };
        String subject = told.or(() -> before)
                .orElseGet(() ->
                        world.groups().find(group).map(SimulatedGroup::subject).orElse(""));
        screen.subject(group, subject);
        new Wording(owner, world.accounts())
                .of(notification, subject, before)
                .map(text -> new DisplayedText(
                        owner.displayName(),
                        text,
                        Optional.of(group.toString()),
                        Instant.ofEpochSecond(notification.number("t").orElse(world.seconds()))))
                .ifPresent(text -> show(screen, text));
    }

    private void show(PhoneScreen screen, DisplayedText text) {
        screen.show(text);
        listeners.forEach(listener -> world.afterwards(() -> listener.accept(text)));
    }
}
