package io.greenfinch.client;

import static io.greenfinch.client.SessionFixture.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.greenfinch.protocol.binary.Node;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Devices that ask for messages again: that they did is acknowledged when they are answered (specification §15.3). */
final class ResendingIT extends MessagesScript {

    @Test
    void whatIsAskedForAgainGoesOutOnTheNextConnectionToo() {
        FakeDevice phone = people.add(BOB_PN);
        send("R1", BOB_PN, "once more");
        CompletableFuture<Void> commit = fixture.sink.hold();
        int units = fixture.sink.units.size();
        askAgain("R1", BOB_PN, BOB_PN);
        until(() -> fixture.sink.units.size() > units);
        assertThat(received(ack("R1"))).as("it would not come again").isFalse();

        FakeConnection first = server();
        first.close();
        until(() -> server() != first || !fixture.session().account().status().online()); // it may be back at once
        fixture.sink.letPass();
        commit.complete(null);
        until(() -> {
            fixture.timers.advance(Duration.ofMillis(20)); // who resends has half a minute
            return messages("R1").size() == 2;
        });
        Node again = messages("R1").getLast();
        assertThat(server()).isNotSameAs(first);
        assertThat(server().received()).contains(again);
        assertThat(again.jid("to")).hasValue(BOB_PN);
        assertThat(phone.read(again.child("enc").orElseThrow())).isEqualTo(text("once more"));
    }

    @Test
    void aStoreThatTakesTooLongLeavesTheQuestionOpen() {
        FakeDevice phone = people.add(BOB_PN);
        send("R2", BOB_PN, "once more");
        CompletableFuture<Void> commit = fixture.sink.hold();
        int units = fixture.sink.units.size();
        askAgain("R2", BOB_PN, BOB_PN);
        until(() -> fixture.sink.units.size() > units);
        for (int i = 0; i < 31; i++) {
            fixture.timers.advance(Duration.ofSeconds(1));
        }
        await().during(Duration.ofMillis(100)).until(() -> !received(ack("R2")));
        fixture.sink.letPass();
        commit.complete(null);
        await().during(Duration.ofMillis(200))
                .until(() -> !received(ack("R2")) && messages("R2").size() == 1);

        FakeConnection first = server();
        first.close();
        until(() -> {
            fixture.timers.advance(Duration.ofMillis(100));
            return server() != first && fixture.session().account().status().online();
        });
        askAgain("R2", BOB_PN, BOB_PN); // WhatsApp tells it once more
        until(() -> received(ack("R2")));
        assertThat(phone.read(messages("R2").getLast().child("enc").orElseThrow()))
                .isEqualTo(text("once more"));
    }
}
