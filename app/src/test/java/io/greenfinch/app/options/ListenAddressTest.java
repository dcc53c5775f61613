package io.greenfinch.app.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.greenfinch.app.cli.UsageException;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListenAddressTest {

    @Test
    void readsHostAndPort() {
        assertThat(ListenAddress.parse("127.0.0.1:8080")).isEqualTo(new ListenAddress("127.0.0.1", 8080));
        assertThat(ListenAddress.parse("localhost:0")).isEqualTo(new ListenAddress("localhost", 0));
        assertThat(ListenAddress.parse("[::1]:65535")).isEqualTo(new ListenAddress("::1", 65535));
    }

    @Test
    void takesAHostAloneAndAStarForEveryAddress() {
        assertThat(ListenAddress.parse("0.0.0.0").socketAddress(8080))
                .isEqualTo(new InetSocketAddress("0.0.0.0", 8080));
        assertThat(ListenAddress.parse("[::]").socketAddress(8080)).isEqualTo(new InetSocketAddress("::", 8080));
        assertThat(ListenAddress.parse("*:80").socketAddress(8080)).isEqualTo(new InetSocketAddress("0.0.0.0", 80));
    }

    @Test
    void tellsAHostThatIsNone() {
        assertThatThrownBy(() -> ListenAddress.parse("no-such-host.invalid:80").socketAddress(8080))
                .isInstanceOf(UsageException.class)
                .hasMessage("There is no host 'no-such-host.invalid' to listen on.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "8080",
                ":8080",
                "localhost:",
                "localhost:65536",
                "localhost:-1",
                "::1:80",
                "a:b",
                "a b:80",
                "http://localhost:80"
            })
    void refusesEverythingElse(String text) {
        assertThatThrownBy(() -> ListenAddress.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is not host:port");
    }
}
