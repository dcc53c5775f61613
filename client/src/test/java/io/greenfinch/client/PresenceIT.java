package io.greenfinch.client;

import static io.greenfinch.client.SessionFixture.calling;
import static io.greenfinch.client.SessionFixture.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.client.presence.LastSeen;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Whether others are there (specification §24). */
final class PresenceIT extends StanzasScript {

    private static final Jid BOBS_NUMBER = Jid.pn("15550001002");

    private CompletableFuture<LastSeen> asked(Optional<Jid> otherName) {
        fixture.session().presence().available(true);
        CompletableFuture<LastSeen> answer =
                calling(() -> fixture.session().presence().lastSeen(BOBS_NUMBER, otherName, fixture.soon()));
        until(() -> received(node -> node.tag().equals("presence")
                && node.is("type", "subscribe")
                && node.jid("to").equals(Optional.of(BOBS_NUMBER))));
        return answer;
    }

    private void leaves(Jid from) {
        server().send(Node.element("presence")
                .attribute("from", from)
                .attribute("type", "unavailable")
                .attribute("last", 1795400000)
                .build());
    }

    @Test
    void wordOfSomebodyCountsByEitherName() {
        CompletableFuture<LastSeen> answer = asked(Optional.of(BOB.account()));
        leaves(Jid.lid("900000000000077"));
        leaves(BOB.account());
        assertThat(answer.join()).isEqualTo(new LastSeen(false, Optional.of(Instant.ofEpochSecond(1795400000))));
    }

    /** Who trusts us may have said that others are told nothing (specification §25). */
    @Test
    void theTokenOfWhoTrustsUsGoesWithTheQuestion() {
        server().send(Node.element("notification")
                .attribute("from", BOBS_NUMBER)
                .attribute("type", "privacy_token")
                .attribute("id", "t1")
                .attribute("t", fixture.clock.instant().getEpochSecond())
                .child(Node.element("tokens")
                        .child(Node.element("token")
                                .attribute("type", "trusted_contact")
                                .attribute("t", fixture.clock.instant().getEpochSecond())
                                .bytes(new byte[] {1, 2, 3})))
                .build());
        fixture.awaitStanza(ack("t1"));
        CompletableFuture<LastSeen> answer = asked(Optional.empty());
        assertThat(received(node -> node.is("type", "subscribe")
                        && node.child("tctoken")
                                .filter(token -> token.content().length == 3)
                                .isPresent()))
                .isTrue();
        leaves(BOBS_NUMBER);
        assertThat(answer.join().online()).isFalse();
    }

    @Test
    void wordOfSomebodyElseIsNone() {
        CompletableFuture<LastSeen> answer = asked(Optional.empty());
        leaves(BOB.account());
        until(() -> {
            fixture.timers.advance(Duration.ofSeconds(1));
            return answer.isDone();
        });
        assertThat(answer.join()).isEqualTo(LastSeen.UNTOLD);
    }
}
