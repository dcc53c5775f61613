package io.greenfinch.simulator.admin;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoopbackOnlyTest {

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LOCALHOST:7020", "127.0.0.1", "127.0.0.1:7020", "127.1.2.3:1", "[::1]:7020"})
    void acceptsNamesOfThisMachine(String host) {
        assertThat(LoopbackOnly.isLoopback(host)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "example.com",
                "localhost.example.com",
                "127.0.0.1.example.com",
                "192.168.0.1",
                "[::2]",
                "a b"
            })
    void refusesEverythingElse(String host) {
        assertThat(LoopbackOnly.isLoopback(host)).isFalse();
    }

    @Test
    void refusesNoHostAtAll() {
        assertThat(LoopbackOnly.isLoopback(null)).isFalse();
    }
}
