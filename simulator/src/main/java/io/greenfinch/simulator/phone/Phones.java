package io.greenfinch.simulator.phone;

import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import io.greenfinch.simulator.account.Phone;
import io.greenfinch.simulator.account.SimulatedAccount;
import io.greenfinch.simulator.group.SimulatedGroup;
import io.greenfinch.simulator.world.World;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * The app on all simulated phones: it reads what each is sent and puts it on its screen. It knows of the world only what is on other
 * phones too: who people are, and what a group is called that it never heard of.
 *
 * <p>Guarded by the world's lock, but for {@link #listen}. Of each phone the last thousand texts are kept.
 */
public final class Phones {

    private final World world;
    private final Map<SimulatedAccount, PhoneScreen> screens = new HashMap<>();
    private final List<Consumer<DisplayedText>> listeners = new CopyOnWriteArrayList<>();

    /** The phones of {@code world}, read from now on. They know the groups that there are already. */
    public Phones(World world) {
        this.world = world;
        world.change(() -> {
            world.groups()
                    .all()
                    .forEach(group ->
                            group.accounts().forEach(account -> screen(account).subject(group.jid(), group.subject())));
            world.accounts().readPhones(this::read);
        });
    }

    /** Adds a listener, which is called when the world's lock is free, for each stanza in the order in which phones read them. */
    public void listen(Consumer<DisplayedText> listener) {
        listeners.add(listener);
    }

    /** What this person's phone showed, oldest first; a copy. */
    public List<DisplayedText> seenBy(SimulatedAccount account) {
        return Optional.ofNullable(screens.get(account)).map(PhoneScreen::texts).orElse(List.of());
    }

    private PhoneScreen screen(SimulatedAccount account) {
        return screens.computeIfAbsent(account, _ -> new PhoneScreen());
    }

    /** Of what phones are sent, groups alone have something to show yet. */
    private void read(Phone phone, Node stanza) {
        Optional<Jid> group = stanza.jid("from").filter(Jid::isGroup);
        if (group.isPresent()
                && stanza.tag().equals("notification")
                && !stanza.children().isEmpty()) {
            readGroup(phone.account(), group.get(), stanza);
        }
    }

    private void readGroup(SimulatedAccount owner, Jid group, Node notification) {
        PhoneScreen screen = screen(owner);
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
