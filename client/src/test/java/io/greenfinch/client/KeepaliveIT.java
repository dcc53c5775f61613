package io.greenfinch.client;

import static io.greenfinch.client.SessionFixture.calling;
import static io.greenfinch.client.SessionFixture.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.client.SessionStatus.Disconnect;
import io.greenfinch.client.group.Group;
import io.greenfinch.client.stanza.Outcome;
import io.greenfinch.client.stanza.Refusal;
import io.greenfinch.client.time.SteadyClock;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Measured liveness, without waiting (design 4.3). */
@Timeout(60)
final class KeepaliveIT {

    private SessionFixture fixture;

    @BeforeEach
    void begin() {
        fixture = new SessionFixture();
        fixture.linked();
        fixture.awaitStanza(node -> node.child("participating").isPresent());
        until(() -> fixture.sink.units.stream().anyMatch(unit -> unit.toString().contains("Clear[kind=GROUP]")));
    }

    @AfterEach
    void end() {
        fixture.close();
    }

    @Test
    void asksAfterSilenceAndIsContentWithTheAnswer() {
        fixture.timers.advance(Duration.ofSeconds(14));
        assertThat(pings()).isZero();
        fixture.timers.advance(Duration.ofSeconds(1));
        for (int i = 1; i < 10; i++) {
            int expected = i;
            until(() -> pings() == expected);
            // A stanza that we answer shows that the answer to our ping, sent before it, has been heard.
            fixture.server.last().send(ping("srv" + expected));
            fixture.awaitStanza(node -> node.is("id", "srv" + expected));
            fixture.timers.advance(Duration.ofSeconds(10));
            assertThat(pings()).isEqualTo(expected);
            until(() -> fixture.timers.waiting() == 1);
            fixture.timers.advance(Duration.ofSeconds(5));
        }
        assertThat(fixture.session().account().status().online()).isTrue();
        assertThat(fixture.server.connections()).hasSize(2);
    }

    @Test
    void aServerThatIsNotThereAnyMoreIsLeft() {
        fixture.server.script(node -> node.is("xmlns", "w:p") ? List.of() : FakeServer.PASS);
        fixture.timers.advance(Duration.ofSeconds(15));
        until(() -> pings() == 1);
        fixture.timers.advance(Duration.ofSeconds(9));
        assertThat(fixture.session().account().status().online()).isTrue();
        fixture.timers.advance(Duration.ofSeconds(1));

        until(() -> fixture.server.connections().size() == 3);
        fixture.awaitOnline();
        assertThat(fixture.session().account().status().lastDisconnect())
                .map(Disconnect::cause)
                .hasValue(DisconnectCause.KEEPALIVE_TIMEOUT);
    }

    /** The cut came an hour late. */
    @Test
    void aTimeOfDayThatIsSetBackHidesNoDeadServer() {
        SteppedClock wall = new SteppedClock(fixture.clock.instant());
        Instant start = fixture.clock.instant();
        fixture.restart(new SteadyClock(
                wall, () -> Duration.between(start, fixture.clock.instant()).toNanos()));
        fixture.awaitOnline();
        int connections = fixture.server.connections().size();
        fixture.server.script(node -> node.is("xmlns", "w:p") ? List.of() : FakeServer.PASS);
        wall.advance(Duration.ofHours(-1));
        fixture.timers.advance(Duration.ofSeconds(15));
        until(() -> pings() == 1);
        fixture.timers.advance(Duration.ofSeconds(10));

        until(() -> fixture.server.connections().size() > connections);
        assertThat(fixture.session().account().status().lastDisconnect()).hasValueSatisfying(end -> {
            assertThat(end.cause()).isEqualTo(DisconnectCause.KEEPALIVE_TIMEOUT);
            assertThat(end.at()).as("by the time of day").isEqualTo(wall.instant());
        });
    }

    @Test
    void whileARequestWaitsSilenceIsNoticedInTimeForTheRequest() {
        fixture.server.script(
                node -> node.is("xmlns", "w:p") || node.child("query").isPresent() ? List.of() : FakeServer.PASS);
        CompletableFuture<Outcome<Group>> found = calling(() -> fixture.session()
                .groups()
                .find(Jid.group("7"), fixture.clock.instant().plusSeconds(25)));
        fixture.awaitStanza(node -> node.child("query").isPresent());
        until(() -> fixture.timers.waitingFor(fixture.clock.instant().plusSeconds(3)));
        fixture.timers.advance(Duration.ofSeconds(3));
        until(() -> pings() == 1);
        fixture.server.script(
                node -> node.child("query").isPresent() ? List.of(FakeConnection.error(node, 404)) : FakeServer.PASS);
        fixture.timers.advance(Duration.ofSeconds(10));

        assertThat(found.join()).isEqualTo(new Outcome.Refused<>(Refusal.GROUP_NOT_FOUND, 404));
        assertThat(fixture.server.connections()).hasSize(3);
    }

    @Test
    void anythingFromTheServerIsASignOfLife() {
        fixture.server.script(node -> node.is("xmlns", "w:p") ? List.of() : FakeServer.PASS);
        fixture.timers.advance(Duration.ofSeconds(15));
        until(() -> pings() == 1);
        fixture.server.last().send(ping("srv1"));
        fixture.awaitStanza(node -> node.is("id", "srv1"));
        fixture.timers.advance(Duration.ofSeconds(14));

        assertThat(fixture.session().account().status().online()).isTrue();
        assertThat(fixture.server.connections()).hasSize(2);
    }

    @Test
    void theServersPingsAreAnswered() {
        fixture.server.last().send(ping("srv1"));

        Node answer = fixture.awaitStanza(node -> node.is("id", "srv1"));
        assertThat(answer.is("type", "result")).isTrue();
        assertThat(answer.jid("to")).hasValue(Jid.SERVER);
    }

    private static Node ping(String id) {
        return Node.element("iq")
                .attribute("from", Jid.SERVER)
                .attribute("type", "get")
                .attribute("id", id)
                .attribute("xmlns", "urn:xmpp:ping")
                .child(Node.empty("ping"))
                .build();
    }

    private long pings() {
        return fixture.server.received().stream()
                .filter(node -> node.is("xmlns", "w:p"))
                .count();
    }
}
