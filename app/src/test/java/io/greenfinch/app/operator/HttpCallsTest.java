package io.greenfinch.app.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HttpCallsTest {

    @Test
    void aDownloadThatIsCutOffLeavesNothingAndSparesWhatWasThere(@TempDir Path folder) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 100);
            exchange.getResponseBody().write(new byte[10]);
            exchange.getResponseBody().flush();
            exchange.close();
        });
        server.start();
        Path file = Files.writeString(folder.resolve("file"), "before");
        URI link = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/file");
        try (HttpCalls calls = new HttpCalls()) {
            assertThatThrownBy(() -> calls.fetch(link, file)).isInstanceOf(UncheckedIOException.class);
        } finally {
            server.stop(0);
        }
        assertThat(folder.toFile().list()).containsExactly("file");
        assertThat(file).hasContent("before");
    }
}
