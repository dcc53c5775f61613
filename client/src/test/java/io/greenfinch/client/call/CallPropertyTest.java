package io.greenfinch.client.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.client.SessionEvent;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever comes in whatever order, no call ends that was not offered before, and none twice; and not many are kept. */
class CallPropertyTest {

    private static final int STANZAS = 2_500;

    private static final List<Jid> ADDRESSES = List.of(
            CallStage.ANNA,
            CallStage.ANNA_PN.withDevice(3),
            CallStage.BOB.withDevice(7),
            CallStage.BOB_PN,
            CallStage.CAROL,
            CallStage.GROUP,
            Jid.SERVER,
            Jid.STATUS,
            Jid.of("C1", "call"),
            new Jid("5", 300, Jid.MESSENGER, 0),
            Jid.lid("9".repeat(120)));
    private static final List<String> TAGS = List.of(
            "offer", "offer_notice", "preaccept", "accept", "reject", "terminate", "transport", "video", "OFFER", "x");
    private static final List<String> INSIDE =
            List.of("call-creator", "call-id", "caller_pn", "caller_lid", "group-jid", "reason", "media", "type");
    private static final List<String> WORDS = List.of(
            "C1",
            "C2",
            "C3",
            "",
            "timeout",
            "accepted_elsewhere",
            "rejected_elsewhere",
            "group",
            "video",
            "-1",
            "1795400000");

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void whatEndsWasOfferedBefore(long seed) {
        Random random = new Random(seed);
        CallStage stage = new CallStage();
        for (int i = 0; i < STANZAS; i++) {
            if (random.nextInt(50) == 0) {
                stage.restart();
            }
            stage.receives(stanza(random, i));
        }
        List<Call> open = new ArrayList<>();
        int ended = 0;
        for (SessionEvent event : stage.told) {
            switch (event) {
                case SessionEvent.CallOffered offered -> open.add(offered.call());
                case SessionEvent.CallEnded end -> {
                    ended++;
                    assertThat(open.remove(end.call()))
                            .as("%s was offered before", end)
                            .isTrue();
                    assertThat(end.talked()).isGreaterThanOrEqualTo(Duration.ZERO);
                    assertThat(end.call().chat().toString()).hasSizeBetween(1, 100);
                }
                default -> throw new AssertionError("an event of something else: " + event);
            }
        }
        assertThat(open).hasSizeLessThanOrEqualTo(32);
        assertThat(ended).as("the test is about something").isGreaterThan(100);
    }

    private static Node stanza(Random random, int number) {
        Node.Builder stanza = Node.element("call");
        attribute(random, stanza, "from", 30);
        attribute(random, stanza, "t", 4);
        attribute(random, stanza, "recipient", 2);
        for (int i = random.nextInt(8) == 0 ? 2 : 1; i > 0; i--) {
            Node.Builder inside = Node.element(pick(random, TAGS));
            INSIDE.forEach(name -> attribute(random, inside, name, name.startsWith("call-") ? 30 : 1));
            if (random.nextInt(4) > 0) {
                // Of many calls, so that some are forgotten.
                inside.attribute("call-id", "C" + (number / 40 + random.nextInt(3)));
            }
            if (random.nextInt(4) == 0) {
                inside.child(Node.element(pick(random, TAGS)));
            }
            stanza.child(inside);
        }
        return stanza.build();
    }

    private static void attribute(Random random, Node.Builder element, String name, int often) {
        if (random.nextInt(often + 1) == 0) {
            return;
        }
        if (random.nextInt(10) == 0) {
            element.attribute(name, pick(random, WORDS));
        } else {
            element.attribute(name, pick(random, ADDRESSES));
        }
    }

    private static <T> T pick(Random random, List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
