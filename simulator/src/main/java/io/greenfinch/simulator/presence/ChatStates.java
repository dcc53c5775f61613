package io.greenfinch.simulator.presence;

import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import io.greenfinch.simulator.account.Companion;
import io.greenfinch.simulator.account.SimulatedAccount;
import io.greenfinch.simulator.group.Addressing;
import io.greenfinch.simulator.group.SimulatedGroup;
import io.greenfinch.simulator.time.Timer;
import io.greenfinch.simulator.world.World;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Passes on who types, to those who are there (specification §24). Who does not say it again has stopped after a while. Guarded by
 * the world's lock.
 */
public final class ChatStates {

    /** How long the real service believes it is an estimate. */
    private static final Duration LASTS = Duration.ofSeconds(25);

    private record Typing(Companion writer, Jid chat) {
        SimulatedAccount account() {
            return writer.account();
        }
    }

    private final World world;
    private final Presences presences;
    private final Timer timer;
    private final Map<Typing, Timer.Appointment> under = new HashMap<>();

    public ChatStates(World world, Presences presences, Timer timer) {
        this.world = world;
        this.presences = presences;
        this.timer = timer;
    }

    /** Takes in a {@code <chatstate>} of a companion. */
    public void received(Companion writer, Node state) {
        if (state.jid("to").isEmpty() || state.children().isEmpty()) {
            return;
        }
        Typing typing = new Typing(writer, state.jid("to").get().account());
        Timer.Appointment before = under.remove(typing);
        if (before != null) {
            before.cancel();
        }
        Node said = state.children().getFirst();
        switch (said.tag()) {
            case "composing" -> {
                pass(typing, said);
                under.put(typing, timer.after(LASTS, () -> world.note(() -> stopped(typing))));
            }
            case "paused" -> pass(typing, said);
            default -> {
                // There are no others.
            }
        }
    }

    private void stopped(Typing typing) {
        if (under.remove(typing) != null) {
            pass(typing, Node.empty("paused"));
        }
    }

    private void pass(Typing typing, Node said) {
        Node.Builder state = Node.element("chatstate");
        Jid writer = addressing(typing.chat())
                .name(typing.account())
                .withDevice(typing.writer().number());
        if (typing.chat().isGroup()) {
            state.attribute("from", typing.chat()).attribute("participant", writer);
        } else {
            state.attribute("from", writer);
        }
        Node passed = state.child(said).build();
        for (SimulatedAccount reader : readers(typing)) {
            if (reader != typing.account() && !reader.blocked().contains(typing.account())) {
                reader.companions().stream()
                        .filter(presences::isAvailable)
                        .forEach(companion -> companion.push(passed));
            }
        }
    }

    private Addressing addressing(Jid chat) {
        return world.groups()
                .find(chat)
                .map(SimulatedGroup::addressing)
                .orElse(chat.isLid() ? Addressing.LID : Addressing.PN);
    }

    private List<SimulatedAccount> readers(Typing typing) {
        if (!typing.chat().isGroup()) {
            return world.accounts().find(typing.chat()).stream().toList();
        }
        return world.groups()
                .find(typing.chat())
                .filter(group -> group.member(typing.account()).isPresent())
                .map(group -> List.copyOf(group.accounts()))
                .orElse(List.of());
    }
}
