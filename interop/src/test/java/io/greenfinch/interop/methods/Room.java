package io.greenfinch.interop.methods;

import io.greenfinch.interop.service.Person;
import io.greenfinch.interop.service.SimulatorAdmin;
import io.greenfinch.interop.soak.Aspect;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * A group that one instance changes; whoever else changes it on a phone has its turn. Its host, whose phone created it, never leaves.
 *
 * @see Aspect#turn
 */
final class Room extends Aspect {

    /** How long the news of a changed role may be on its way. */
    private static final Duration NEWS = Duration.ofSeconds(15);

    final String id;
    final Person host;
    private final String rank;
    private final SimulatorAdmin simulator;
    private Instant moved = Instant.MIN;

    /** @param rank what our account is meant to be in it */
    Room(String id, Person host, String rank, SimulatorAdmin simulator) {
        this.id = id;
        this.host = host;
        this.rank = rank;
        this.simulator = simulator;
    }

    /** The group as the service has it. */
    JsonNode now() {
        return simulator.group(id);
    }

    /** What somebody is in it: {@code none}, {@code member}, {@code admin} or {@code superadmin}. */
    String rank(String phone) {
        return rank(now(), phone);
    }

    static String rank(JsonNode group, String phone) {
        return group.get("members")
                .valueStream()
                .filter(member -> member.get("phone").asString().equals(phone))
                .map(member -> member.get("rank").asString())
                .findFirst()
                .orElse("none");
    }

    /** Whether our account is meant to be in it. */
    boolean meantFor() {
        return !rank.equals("none");
    }

    boolean meantForAdmin() {
        return rank.equals("admin");
    }

    /** Others have changed what our account is in it. */
    void moved() {
        moved = Instant.now();
    }

    /** Whether the gateway may not have been told yet what our account is in it. */
    boolean inMotion() {
        return !moved.equals(Instant.MIN) && Instant.now().isBefore(moved.plus(NEWS));
    }

    /** Somebody changes it on a phone; the caller has the turn. */
    boolean act(Person person, String action, Map<String, Object> more) {
        return simulator.act(id, person.phone(), action, more);
    }
}
