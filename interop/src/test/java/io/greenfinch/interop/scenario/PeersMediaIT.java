package io.greenfinch.interop.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.interop.peer.PeerEvent.Content;
import io.greenfinch.interop.peer.PeerKind;
import io.greenfinch.interop.program.AppProcess;
import io.greenfinch.interop.service.SimulatorAdmin;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Files between Baileys and whatsmeow through the simulator's media host, over TLS (specification §20). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@NeedsPeers
class PeersMediaIT {

    private AppProcess process;
    private Cast cast;

    @BeforeAll
    void link() {
        process = AppProcess.simulator("--simulator-tls-listen", "127.0.0.1:0");
        cast = Cast.link(new SimulatorAdmin(URI.create(process.value("Simulator"))));
    }

    @AfterAll
    void stop() {
        cast.close();
        process.close();
    }

    private static Stream<Arguments> files() {
        return Stream.of(PeerKind.values())
                .flatMap(kind -> Stream.of(
                        Arguments.of(kind, "image", "image/png", 1_000),
                        Arguments.of(kind, "video", "video/mp4", 30_000),
                        Arguments.of(kind, "audio", "audio/ogg; codecs=opus", 20_000),
                        Arguments.of(kind, "document", "application/pdf", 40_000),
                        Arguments.of(kind, "sticker", "image/webp", 5_000)));
    }

    @ParameterizedTest
    @MethodSource("files")
    void isReadByEverybodyInAGroup(PeerKind kind, String what, String type, int size) {
        Actor sender = cast.first(kind);
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        String[] people =
                cast.without(sender).stream().map(actor -> actor.person().pn()).toArray(String[]::new);
        String group = sender.peer().createGroup("Files", people).id();
        cast.without(sender).forEach(actor -> actor.awaitJoined(group));

        String id = sender.peer()
                .send(
                        group,
                        what,
                        Map.of(
                                "text",
                                "a.bin",
                                "mime",
                                type,
                                "data",
                                Base64.getEncoder().encodeToString(bytes)));

        for (Actor actor : cast.without(sender)) {
            Content seen = actor.peer().await(Content.class, each -> each.id().equals(id));
            assertThat(seen.what()).isEqualTo(what);
            assertThat(seen.about()).as("hash of what %s fetched", actor.peer()).hasValue(hash(bytes));
        }
    }

    private static String hash(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
