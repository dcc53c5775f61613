package io.greenfinch.client;

import static io.greenfinch.client.SessionFixture.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.client.call.Call;
import io.greenfinch.client.call.CallEnd;
import io.greenfinch.client.store.StateKind;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Phone calls between the offer and the end, of which the first may come before a restart and the second after it. */
final class CallsIT extends StanzasScript {

    private static Node call(String id, String tag) {
        return Node.element("call")
                .attribute("from", BOB)
                .attribute("id", id)
                .attribute("t", 1795400000)
                .attribute("offline", "0")
                .child(Node.element(tag)
                        .attribute("call-id", "AC90CFD09DF712D981142B172706F9F2")
                        .attribute("call-creator", BOB)
                        .attribute("caller_pn", Jid.pn("15550001002")))
                .build();
    }

    private List<SessionEvent> told() {
        return fixture.sink.events.stream()
                .filter(event -> event instanceof SessionEvent.CallOffered || event instanceof SessionEvent.CallEnded)
                .toList();
    }

    @Test
    void aCallIsToldOnceAndItsEndAfterARestart() {
        server().send(call("c1", "offer"));
        Node ack = fixture.awaitStanza(ack("c1"));
        assertThat(ack.is("class", "call") && ack.is("type", "offer")).isTrue();
        assertThat(ack.jid("to")).hasValue(BOB);
        assertThat(fixture.store.keys(SessionFixture.INSTANCE, StateKind.CALL)).containsExactly("all");

        fixture.restart();
        fixture.awaitOnline();
        server().send(call("c1", "offer"));
        server().send(call("c2", "relaylatency"));
        server().send(call("c3", "terminate"));
        assertThat(fixture.awaitStanza(ack("c2")).is("type", "relaylatency")).isTrue();
        assertThat(fixture.awaitStanza(ack("c3")).is("type", "terminate")).isTrue();

        until(() -> told().size() == 2);
        Call call = ((SessionEvent.CallOffered) told().getFirst()).call();
        assertThat(call.id()).isEqualTo("AC90CFD09DF712D981142B172706F9F2");
        assertThat(call.chat()).isEqualTo(Jid.pn("15550001002"));
        SessionEvent.CallEnded ended = (SessionEvent.CallEnded) told().getLast();
        assertThat(ended.call()).isEqualTo(call);
        assertThat(ended.end()).isEqualTo(CallEnd.CANCELLED);
    }

    @Test
    void anOfferIsAcknowledgedOnlyWhenItIsStored() {
        var commit = fixture.sink.hold();
        int units = fixture.sink.units.size();
        server().send(call("c1", "offer"));
        until(() -> fixture.sink.units.size() == units + 1);
        assertThat(received(ack("c1"))).isFalse();
        fixture.sink.letPass();
        commit.complete(null);
        fixture.awaitStanza(ack("c1"));
    }

    @Test
    void aCallThatSaysTooLittleIsRefused() {
        server().send(Node.element("call")
                .attribute("from", BOB)
                .attribute("id", "c1")
                .child(Node.element("offer").attribute("call-id", "1"))
                .build());
        Node ack = fixture.awaitStanza(ack("c1"));
        assertThat(ack.is("error", "487") && ack.is("type", "offer")).isTrue();
    }
}
