package io.greenfinch.simulator.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.protocol.binary.Node;
import java.time.Clock;
import org.junit.jupiter.api.Test;

class TraceTest {

    private final Trace trace = new Trace(Clock.systemUTC(), System::nanoTime);

    @Test
    void keepsTheLastOfManyInOrder() {
        Ring<Integer> ring = new Ring<>(3);
        for (int i = 0; i < 5; i++) {
            ring.add(i);
        }
        assertThat(ring.all()).containsExactly(2, 3, 4);
    }

    @Test
    void showsNoContentAndNoEndlessText() {
        Node.Builder list = Node.element("message").child(Node.text("body", "secret"));
        for (int i = 0; i < 500; i++) {
            list.child(Node.empty("child"));
        }
        trace.received("device", list.build());
        TracedStanza traced = trace.stanzas().getFirst();
        assertThat(traced.stanza()).doesNotContain("secret").hasSize(1000);
        assertThat(traced.received()).isTrue();
    }

    @Test
    void timesRequestsButNotPings() {
        TracedIq iq =
                trace.iq("device", Node.element("iq").attribute("xmlns", "w:g2").build(), 5);
        trace.iq("device", Node.element("iq").attribute("xmlns", "w:p").build(), 5);
        assertThat(trace.iqs()).containsExactly(iq);
        assertThat(iq.answered()).isEmpty();
        iq.answered(9, "result");
        assertThat(iq.answered()).hasValue(9);
    }
}
