package io.greenfinch.gateway.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.util.Promise;
import org.eclipse.jetty.util.SocketAddressResolver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What DNS says is asked about for each connection, and only what is admitted is connected to. */
class GuardedResolverTest {

    private final Queue<List<InetSocketAddress>> answers = new ArrayDeque<>();
    private final SocketAddressResolver system = new SocketAddressResolver() {
        @Override
        public void resolve(
                String host, int port, Map<String, Object> context, Promise<List<InetSocketAddress>> promise) {
            promise.succeeded(answers.remove());
        }
    };
    private final GuardedResolver resolver = new GuardedResolver(new AddressGuard(false), threads -> system);

    @AfterEach
    void close() {
        resolver.close();
    }

    private void says(String... addresses) {
        answers.add(Arrays.stream(addresses)
                .map(address -> new InetSocketAddress(InetAddress.ofLiteral(address), 80))
                .toList());
    }

    private List<InetSocketAddress> resolved() {
        CompletableFuture<List<InetSocketAddress>> found = new CompletableFuture<>();
        resolver.resolve("example.com", 80, Map.of(), Promise.from(found::complete, found::completeExceptionally));
        return found.join();
    }

    @Test
    void aNameThatTurnsPrivateIsNotCalledAgain() {
        says("93.184.216.34");
        says("10.0.0.5");
        says("127.0.0.1", "::1", "169.254.169.254");
        assertThat(resolved()).hasSize(1);
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(this::resolved).hasCauseInstanceOf(ForbiddenAddressException.class);
        }
    }

    @Test
    void ofSeveralAddressesOnlyPublicOnesAreCalled() {
        says("192.168.1.1", "93.184.216.34");
        assertThat(resolved())
                .singleElement()
                .satisfies(address ->
                        assertThat(address.getAddress().getHostAddress()).isEqualTo("93.184.216.34"));
    }
}
