package io.greenfinch.client.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ConnectGateTest {

    private final ConnectGate gate = new ConnectGate(2);
    private final List<String> granted = new ArrayList<>();

    @Test
    void letsSoManyThroughAndTheOthersInTheirOrder() {
        ConnectGate.Permit first = ask("first");
        ConnectGate.Permit second = ask("second");
        ask("third");
        ask("fourth");
        assertThat(granted).containsExactly("first", "second");

        second.release();
        assertThat(granted).containsExactly("first", "second", "third");
        first.release();
        assertThat(granted).containsExactly("first", "second", "third", "fourth");
    }

    @Test
    void aPermitCountsOnce() {
        ConnectGate.Permit first = ask("first");
        ask("second");
        first.release();
        first.release();
        ask("third");
        ask("fourth");

        assertThat(granted).containsExactly("first", "second", "third");
    }

    @Test
    void whoGivesUpWaitingIsNotCalled() {
        ConnectGate.Permit first = ask("first");
        ask("second");
        ConnectGate.Permit third = ask("third");
        ask("fourth");
        third.release();
        first.release();

        assertThat(granted).containsExactly("first", "second", "fourth");
    }

    @Test
    void thoseSomebodyWaitsForComeBeforeTheOthers() {
        ConnectGate.Permit first = ask("first");
        ConnectGate.Permit second = ask("second");
        ask("third");
        ConnectGate.Permit fourth = ask("fourth");
        ConnectGate.Permit fifth = ask("fifth");
        fourth.hurry();
        fourth.hurry();
        fifth.hurry();
        first.hurry();
        first.release();
        second.release();
        fourth.release();

        assertThat(granted).containsExactly("first", "second", "fourth", "fifth", "third");
    }

    @Test
    void whoIsInAHurryMayGiveUpAsWell() {
        ConnectGate.Permit first = ask("first");
        ask("second");
        ConnectGate.Permit third = ask("third");
        ask("fourth");
        third.hurry();
        third.release();
        first.release();

        assertThat(granted).containsExactly("first", "second", "fourth");
    }

    private ConnectGate.Permit ask(String name) {
        return gate.ask(() -> granted.add(name));
    }
}
