package io.greenfinch.client.media;

import io.greenfinch.client.ClientSettings;
import io.greenfinch.client.stanza.Answer;
import io.greenfinch.client.stanza.Outcome;
import io.greenfinch.client.stanza.Request;
import io.greenfinch.client.stanza.SteppedWire;
import io.greenfinch.protocol.binary.Node;
import io.greenfinch.protocol.media.MediaDigest;
import io.greenfinch.protocol.media.MediaKind;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Stores a file at a host and fetches it again, once or many times at once, in a process of its own. */
final class LargeTransfer {

    private LargeTransfer() {}

    /** @param arguments the host, the file, the folder to work in, and how often at once */
    public static void main(String[] arguments) throws Exception {
        SteppedWire wire = new SteppedWire() {
            @Override
            public void send(Request request) {
                request.send();
                request.complete(new Answer.Result(Node.element("iq")
                        .child(Node.element("media_conn")
                                .attribute("auth", "a")
                                .attribute("ttl", 3600)
                                .attribute("auth_ttl", 3600)
                                .child(Node.element("host").attribute("hostname", arguments[0])))
                        .build()));
            }
        };
        Path folder = Path.of(arguments[2]);
        ClientSettings settings = ClientSettings.defaults(URI.create("ws://127.0.0.1:1/ws/chat"), new byte[32]);
        try (MediaServer server = new MediaServer(settings);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Media media = SessionMedia.over(
                    wire, server, new MediaRetries(), new SecureRandom(), Optional::empty, stanza -> false);
            List<Future<Long>> transfers = new ArrayList<>();
            for (int i = 0; i < Integer.parseInt(arguments[3]); i++) {
                int number = i;
                transfers.add(threads.submit(() -> transfer(media, wire, Path.of(arguments[1]), folder, number)));
            }
            long bytes = 0;
            for (Future<Long> transfer : transfers) {
                bytes += transfer.get();
            }
            System.out.println(bytes);
        }
    }

    private static long transfer(Media media, SteppedWire wire, Path file, Path folder, int number) throws IOException {
        Outcome<StoredMedia> stored = media.upload(
                () -> Files.newInputStream(file),
                MediaKind.VIDEO,
                folder.resolve("scratch" + number),
                wire.clock.instant().plusSeconds(300));
        Outcome<MediaDigest> fetched = media.download(
                new MediaReference(stored.done().orElseThrow().file(), Optional.empty()),
                folder.resolve("fetched" + number),
                200L << 20,
                wire.clock.instant().plusSeconds(300));
        return fetched.done().orElseThrow().length();
    }
}
