package io.greenfinch.gateway.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.greenfinch.client.Client;
import io.greenfinch.client.DisconnectCause;
import io.greenfinch.client.PairingCode;
import io.greenfinch.client.Session;
import io.greenfinch.client.SessionEvent;
import io.greenfinch.client.SessionStatus;
import io.greenfinch.client.SteppedClock;
import io.greenfinch.client.device.DeviceList;
import io.greenfinch.client.store.Change;
import io.greenfinch.client.store.InMemoryLeaveIntents;
import io.greenfinch.client.store.InMemorySessionStore;
import io.greenfinch.gateway.SimulatedWorld;
import io.greenfinch.protocol.binary.Jid;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Device lists and keys between our sessions and the simulated service, which checks what it is given. */
@Timeout(60)
class DevicesAndKeysIT {

    private final SteppedClock clock = SteppedClock.atSomeTime();
    private final SimulatedWorld world = new SimulatedWorld(clock);
    private final Client client = new Client(world.clientSettings(), clock, new SecureRandom());
    private final InMemorySessionStore<Object> store = new InMemorySessionStore<>();
    private long instances;

    @AfterEach
    void stop() {
        client.close();
        world.close();
    }

    @Test
    void devicesOfOthersComeAndGo() {
        Session anna = link("Anna");
        Session bob = link("Bob");
        Jid bobsNumber = account(bob);
        world.group("Team", "Anna", "Bob", "");
        assertThat(numbers(anna, bobsNumber)).containsExactly(0, 1);

        Session second = link("Bob");
        until(() -> numbers(anna, bobsNumber).equals(List.of(0, 1, 2)));
        until(() -> numbers(bob, bobsNumber).equals(List.of(0, 1, 2)));
        assertThat(world.requests("usync")).as("told, not asked for").isEqualTo(1);

        world.unlinkAll("Bob");
        until(() -> numbers(anna, bobsNumber).equals(List.of(0)));
        until(() ->
                !bob.account().status().linked() && !second.account().status().linked());
        assertThat(bob.account().status().lastDisconnect())
                .map(SessionStatus.Disconnect::cause)
                .hasValue(DisconnectCause.UNLINKED);
    }

    @Test
    void theServiceTakesTheNewSignedPreKeyAndHasWhatWeHave() {
        Session anna = link("Anna");
        clock.advance(Duration.ofDays(31));
        reconnect(anna);
        until(() -> world.requests("rotate") == 1);

        clock.advance(Duration.ofDays(1));
        reconnect(anna);
        until(() -> world.requests("digest") == 1);
        numbers(anna, account(anna)); // answered after the digest, which is noted by then
        clock.advance(Duration.ofDays(1));
        reconnect(anna);
        assertThat(world.requests("digest")).as("nothing was due").isEqualTo(1);
        assertThat(world.requests("rotate")).isEqualTo(1);
        assertThat(world.requests("registration"))
                .as("what the service has is what we have: no keys but the first ones were uploaded")
                .isEqualTo(1);
    }

    private void reconnect(Session session) {
        int logins = world.requests("active");
        session.account().reconnect();
        until(() ->
                world.requests("active") > logins && session.account().status().online());
    }

    private Session link(String person) {
        Session session = client.session(++instances, store, new InMemoryLeaveIntents(clock), this::store);
        if (session.account().pairingCode(soon()) instanceof PairingCode.Code code) {
            world.scan(person, code.text());
        }
        until(() -> session.account().status().online());
        return session;
    }

    private List<Integer> numbers(Session session, Jid person) {
        return session.devices()
                .find(person, soon())
                .done()
                .map(DeviceList::numbers)
                .orElse(List.of());
    }

    private static Jid account(Session session) {
        return session.account().status().account().orElseThrow().pn().account();
    }

    private Instant soon() {
        return clock.instant().plusSeconds(25);
    }

    private static void until(Callable<Boolean> condition) {
        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(10))
                .until(condition);
    }

    /** A host that stores and nothing else. */
    private CompletionStage<Void> store(long instance, long epoch, List<Change> changes, List<SessionEvent> events) {
        return store.commit(instance, epoch, changes, List.of());
    }
}
