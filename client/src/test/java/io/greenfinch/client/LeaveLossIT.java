package io.greenfinch.client;

import static io.greenfinch.client.SessionFixture.calling;
import static io.greenfinch.client.SessionFixture.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.client.group.Departed;
import io.greenfinch.client.stanza.Outcome;
import io.greenfinch.client.stanza.Outcome.Done;
import io.greenfinch.client.stanza.Outcome.Refused;
import io.greenfinch.client.stanza.Outcome.Unknown;
import io.greenfinch.client.stanza.Refusal;
import io.greenfinch.client.stanza.Silence;
import io.greenfinch.protocol.binary.Jid;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Leaves on connections that break, and after crashes. */
final class LeaveLossIT extends LeaveScript {

    @Test
    void aConnectionCutBetweenRequestAndAnswerIsResolved() {
        Jid group = groups.add("admin");
        link();
        groups.nextLeave(request -> {
            groups.obey(request);
            fixture.server.last().cut();
            return List.of();
        });

        assertThat(leave(group)).isEqualTo(new Done<>(new Departed(true, false)));
        assertThat(groups.leaveRequests).hasSize(1);
        until(() -> leaveEvents().size() == 1);
    }

    @Test
    void aConnectionCutBeforeTheServerActedIsRetried() {
        Jid group = groups.add("admin");
        link();
        groups.nextLeave(request -> {
            fixture.server.last().cut();
            return List.of();
        });

        assertThat(stepped(group)).isEqualTo(new Done<>(new Departed(true, false)));
        assertThat(groups.leaveRequests).hasSize(2);
    }

    @Test
    void anAnswerThatNeverComesIsFoundOutInTime() {
        Jid group = groups.add("member");
        link();
        groups.nextLeave(request -> {
            groups.obey(request);
            return List.of();
        });

        assertThat(stepped(group)).isEqualTo(new Done<>(new Departed(false, false)));
    }

    @Test
    void aLinkThatIsDownUntilTheDeadlineMeansNothingWasSent() {
        Jid group = groups.add("member");
        link();
        fixture.server.refuseConnections(true);
        fixture.server.last().cut();
        until(() -> !fixture.session().account().status().online());

        assertThat(stepped(group)).isEqualTo(new Unknown<>(Silence.NOT_SENT));
        assertThat(groups.leaveRequests).isEmpty();
        assertThat(groups.has(group)).isTrue();
    }

    @Test
    void aLinkThatComesBackInTimeIsUsed() {
        Jid group = groups.add("admin");
        link();
        fixture.server.refuseConnections(true);
        fixture.server.last().cut();
        until(() -> !fixture.session().account().status().online());
        CompletableFuture<Outcome<Departed>> outcome = calling(() -> leave(group));
        fixture.server.refuseConnections(false);

        assertThat(step(outcome)).isEqualTo(new Done<>(new Departed(true, false)));
    }

    @Test
    void aCrashBetweenRequestAndAnswerIsResolvedByAskingAgain() {
        Jid group = groups.add("admin");
        link();
        CompletableFuture<Void> arrived = new CompletableFuture<>();
        groups.nextLeave(request -> {
            groups.obey(request);
            arrived.complete(null);
            return List.of();
        });
        CompletableFuture<Outcome<Departed>> lost = calling(() -> leave(group));
        arrived.join();
        fixture.restart();
        fixture.awaitOnline();

        assertThat(lost.join()).isEqualTo(new Unknown<>(Silence.UNKNOWN));
        assertThat(leave(group)).isEqualTo(new Done<>(new Departed(true, true)));
        fixture.session().groups().answered(List.of(group), true);
        assertThat(leave(group)).isEqualTo(new Refused<>(Refusal.NOT_A_MEMBER, 403));
    }

    @Test
    void aCrashAfterTheAnswerBeforeItWasDeliveredIsResolvedByAskingAgain() {
        Jid group = groups.add("member");
        link();
        leave(group);
        fixture.session().groups().answered(List.of(group), false);

        assertThat(leave(group)).isEqualTo(new Done<>(new Departed(false, true)));
    }

    @Test
    void beingRemovedBySomebodyElseEndsTheMemoryOfAnUnknownLeave() {
        Jid group = groups.add("admin");
        link();
        groups.nextLeave(request -> List.of());
        groups.query(group, request -> List.of());
        assertThat(stepped(group)).isEqualTo(new Unknown<>(Silence.UNKNOWN));
        assertThat(fixture.intents.find(SessionFixture.INSTANCE, group)).isPresent();

        fixture.awaitOnline();
        groups.queryTruthfully(group);
        groups.drop(group);
        fixture.server.last().send(echo(group, FakeGroups.BOB));
        fixture.awaitStanza(node -> node.tag().equals("ack") && node.is("id", "echo"));

        assertThat(leave(group)).isEqualTo(new Refused<>(Refusal.NOT_A_MEMBER, 403));
    }
}
