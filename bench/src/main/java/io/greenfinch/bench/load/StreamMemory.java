package io.greenfinch.bench.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What open streams of events cost while nothing happens: resident memory after collections, and processor time. */
final class StreamMemory {

    private static final int STREAMS = Integer.getInteger("streams", 1_000);

    /** As many as one instance may have. */
    private static final int OF_ONE = 16;

    private static final Duration LOOK = Duration.ofSeconds(60);
    private static final double BUDGET_KIB = 64;
    private static final double BUDGET_PERCENT = 2;

    private StreamMemory() {}

    static List<Load.Figure> measure(Path launcher, Path folder) throws Exception {
        List<Socket> open = new ArrayList<>();
        try (Fleet fleet = new Fleet(launcher, folder)) {
            List<Fleet.Linked> linked = fleet.link((STREAMS + OF_ONE - 1) / OF_ONE);
            long without = IdleMemory.settled(fleet);
            double idle = percent(fleet);
            for (int i = 0; i < STREAMS; i++) {
                open.add(stream(fleet.apiUrl(), linked.get(i / OF_ONE)));
            }
            long with = IdleMemory.settled(fleet);
            double busy = percent(fleet);
            System.out.printf(
                    "%d streams: resident KiB %d without, %d with; %.2f and %.2f %% of a core%n",
                    STREAMS, without, with, idle, busy);
            return List.of(
                    Load.figure("open stream of events", (with - without) / (double) STREAMS, "KiB", BUDGET_KIB),
                    Load.figure(STREAMS + " open streams, processor", busy - idle, "%", BUDGET_PERCENT));
        } finally {
            for (Socket socket : open) {
                socket.close();
            }
        }
    }

    private static double percent(Fleet fleet) throws InterruptedException {
        double before = fleet.gateway().processorSeconds();
        Thread.sleep(LOOK);
        return 100 * (fleet.gateway().processorSeconds() - before) / LOOK.toSeconds();
    }

    /** One that has begun; what comes on it stays in the socket. */
    private static Socket stream(URI api, Fleet.Linked linked) throws IOException {
        Socket socket = new Socket();
        socket.connect(new InetSocketAddress(api.getHost(), api.getPort()), 10_000);
        socket.setSoTimeout(10_000);
        String request =
                "GET " + Fleet.path(linked, "events") + " HTTP/1.1\r\nHost: " + api.getAuthority() + "\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        byte[] head = socket.getInputStream().readNBytes("HTTP/1.1 200".length());
        if (!new String(head, StandardCharsets.US_ASCII).equals("HTTP/1.1 200")) {
            throw new IOException("a stream was refused: " + new String(head, StandardCharsets.US_ASCII));
        }
        return socket;
    }
}
