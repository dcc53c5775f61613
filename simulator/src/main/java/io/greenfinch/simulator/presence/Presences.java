package io.greenfinch.simulator.presence;

import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import io.greenfinch.simulator.account.Companion;
import io.greenfinch.simulator.account.Device;
import io.greenfinch.simulator.account.SimulatedAccount;
import io.greenfinch.simulator.world.World;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Who is there, and who is told of it (specification §24). Told is only who is there too; a subscription lasts as long as its
 * connection. Guarded by the world's lock.
 */
public final class Presences {

    private static final String LAST = "last";

    private final World world;
    private final Set<Device> available = new HashSet<>();
    private final Map<SimulatedAccount, Instant> lastSeen = new HashMap<>();
    /** Who wants to know of whom, by the name that they asked for. */
    private final Map<SimulatedAccount, Map<Companion, Jid>> subscribers = new HashMap<>();

    public Presences(World world) {
        this.world = world;
    }

    /** Takes in what a companion says of itself or asks: {@code <presence>}. */
    public void received(Companion device, Node presence) {
        switch (presence.attribute("type").orElse("available")) {
            case "available" -> available(device, true);
            case "unavailable" -> available(device, false);
            case "subscribe" -> presence.jid("to").ifPresent(to -> subscribe(device, to.account()));
            default -> {
                // Clients may say what the service has no use for.
            }
        }
    }

    /** A device, which may be a phone, is there or not from now on; subscribers are told. */
    public void available(Device device, boolean there) {
        SimulatedAccount account = device.account();
        boolean before = isAvailable(account);
        if (there) {
            available.add(device);
        } else if (available.remove(device)) {
            lastSeen.put(account, world.clock().instant());
        }
        if (before != isAvailable(account)) {
            subscribers.getOrDefault(account, Map.of()).forEach((subscriber, name) -> tell(subscriber, account, name));
        }
    }

    /** A companion's connection is over. */
    public void gone(Companion device) {
        available(device, false);
        subscribers.values().forEach(all -> all.remove(device));
    }

    /** Whether a device is there. */
    public boolean isAvailable(Device device) {
        return available.contains(device);
    }

    private boolean isAvailable(SimulatedAccount account) {
        return account.devices().stream().anyMatch(available::contains);
    }

    private void subscribe(Companion device, Jid to) {
        Optional<SimulatedAccount> subject = world.accounts().find(to);
        if (subject.isPresent()) {
            subscribers
                    .computeIfAbsent(subject.get(), _ -> new LinkedHashMap<>())
                    .put(device, to);
            tell(device, subject.get(), to);
        }
    }

    /** By the name that was asked for. */
    private void tell(Companion subscriber, SimulatedAccount subject, Jid name) {
        if (!available.contains(subscriber) || subject.blocked().contains(subscriber.account())) {
            return;
        }
        Node.Builder presence = Node.element("presence").attribute("from", name);
        boolean hidden = subject.privacy().getOrDefault(LAST, "all").equals("none");
        if (hidden || !isAvailable(subject)) {
            Optional<Instant> last = Optional.ofNullable(lastSeen.get(subject));
            presence.attribute("type", "unavailable");
            if (hidden) {
                presence.attribute(LAST, "deny");
            } else if (last.isPresent()) {
                presence.attribute(LAST, last.get().getEpochSecond());
            } else {
                presence.attribute(LAST, "none");
            }
        }
        subscriber.push(presence.build());
    }
}
