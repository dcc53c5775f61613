package io.greenfinch.app.rehearsal;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Receives webhooks of a rehearsal and confirms each. */
final class RehearsedReceiver implements AutoCloseable {

    private static final byte[] CONFIRMED =
            "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final ServerSocket server;
    private final Semaphore received = new Semaphore(0);

    RehearsedReceiver() throws IOException {
        server = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
        Thread.ofPlatform().name("rehearsed-receiver").daemon().start(this::accept);
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort() + "/hook");
    }

    /** Waits until so many more have come. */
    void await(int count, long seconds) throws IOException, InterruptedException {
        if (!received.tryAcquire(count, seconds, TimeUnit.SECONDS)) {
            throw new IOException("webhooks did not come");
        }
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket caller = server.accept();
                Thread.ofPlatform().name("rehearsed-webhooks").daemon().start(() -> serve(caller));
            } catch (IOException e) {
                return; // the rehearsal is over
            }
        }
    }

    private void serve(Socket caller) {
        try (caller) {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(caller.getInputStream(), StandardCharsets.ISO_8859_1));
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                int length = 0;
                for (; line != null && !line.isEmpty(); line = in.readLine()) {
                    String header = line.toLowerCase(Locale.ROOT);
                    length = header.startsWith("content-length:")
                            ? Integer.parseInt(
                                    header.substring("content-length:".length()).strip())
                            : length;
                }
                for (int skipped = 0; skipped < length; skipped++) {
                    in.read();
                }
                caller.getOutputStream().write(CONFIRMED);
                received.release();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
