package io.greenfinch.simulator.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.protocol.binary.Node;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FaultsTest {

    private static final Party ANNA = new Party("1555", "9000", 1);
    private static final Effect CUT = new Effect.Cut(false);

    private final Faults faults = new Faults();

    private static final Node LEAVE = Node.element("iq")
            .attribute("xmlns", "w:g2")
            .attribute("id", "7")
            .child(Node.empty("leave"))
            .build();

    private static Match match(String xmlns, String child, String id, String account, String device) {
        return new Match(
                Match.IQ,
                optional(xmlns),
                Optional.empty(),
                optional(child),
                optional(id),
                optional(account),
                device.isEmpty() ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(device)));
    }

    private static Optional<String> optional(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    @ParameterizedTest
    @CsvSource({
        "'', '', '', '', '', true",
        "w:g2, leave, 7, 1555, 1, true",
        "w:g2, leave, 7, 9000, 1, true",
        "w:p, '', '', '', '', false",
        "w:g2, query, '', '', '', false",
        "'', '', 8, '', '', false",
        "'', '', '', 1666, '', false",
        "'', '', '', '', 2, false",
    })
    void hitsWhatItMatches(String xmlns, String child, String id, String account, String device, boolean hit) {
        faults.order(match(xmlns, child, id, account, device), CUT, 1);
        assertThat(faults.hit(ANNA, LEAVE).isPresent()).isEqualTo(hit);
    }

    @Test
    void firesAsOftenAsOrderedAndCounts() {
        faults.order(match("", "", "", "", ""), CUT, 2);
        for (int i = 0; i < 5; i++) {
            assertThat(faults.hit(ANNA, LEAVE).isPresent()).isEqualTo(i < 2);
        }
        assertThat(faults.all().getFirst().fired()).isEqualTo(2);
        assertThat(faults.all().getFirst().armed()).isFalse();
    }

    @Test
    void firesUntilTakenAwayAndTheOldestFirst() {
        Fault first = faults.order(match("", "", "", "", ""), CUT, 0).orElseThrow();
        faults.order(match("", "", "", "", ""), new Effect.Duplicate(), 1);
        for (int i = 0; i < 3; i++) {
            assertThat(faults.hit(ANNA, LEAVE)).contains(CUT);
        }
        assertThat(faults.remove(first.id())).isTrue();
        assertThat(faults.hit(ANNA, LEAVE)).contains(new Effect.Duplicate());
        assertThat(faults.hit(ANNA, LEAVE)).isEmpty();
    }

    @Test
    void keepsFaultsOfLoginsAndOfRequestsApart() {
        faults.order(match("", "", "", "", ""), new Effect.LinkDown(), 0);
        assertThat(faults.hit(ANNA, LEAVE)).isEmpty();
        assertThat(faults.refusesConnections()).isTrue();
        faults.clear();
        faults.order(match("", "", "", "1555", ""), new Effect.LinkDown(), 0);
        assertThat(faults.refusesConnections()).isFalse();
        assertThat(faults.hitLogin(ANNA)).contains(new Effect.LinkDown());
        assertThat(faults.hitLogin(new Party("1666", "9001", 1))).isEmpty();
    }

    @Test
    void isBounded() {
        for (int i = 0; i < Faults.LIMIT; i++) {
            assertThat(faults.order(match("", "", "", "", ""), CUT, 1)).isPresent();
        }
        assertThat(faults.order(match("", "", "", "", ""), CUT, 1)).isEmpty();
    }
}
