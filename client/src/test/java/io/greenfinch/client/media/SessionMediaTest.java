package io.greenfinch.client.media;

import static io.greenfinch.client.media.ScriptedHost.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.greenfinch.client.ClientSettings;
import io.greenfinch.client.media.MediaReference.Origin;
import io.greenfinch.client.stanza.Answer;
import io.greenfinch.client.stanza.Outcome;
import io.greenfinch.client.stanza.Refusal;
import io.greenfinch.client.stanza.Request;
import io.greenfinch.client.stanza.Silence;
import io.greenfinch.client.stanza.SteppedWire;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import io.greenfinch.protocol.media.MediaCipher;
import io.greenfinch.protocol.media.MediaDigest;
import io.greenfinch.protocol.media.MediaKeys;
import io.greenfinch.protocol.media.MediaKind;
import io.greenfinch.protocol.media.MediaRetry;
import io.greenfinch.protocol.message.FileContent;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files to and from media hosts that fail, lie, and cut connections (specification §20). */
@Timeout(60)
class SessionMediaTest {

    private static final long MOST = 10 << 20;
    private static final Jid SELF = Jid.pn("10000000001");

    @TempDir
    private Path folder;

    private final SecureRandom random = new SecureRandom();
    private final byte[] mediaKey = MediaKeys.generate(random);
    private final byte[] file = bytes(200_000);
    private final List<Node> written = new ArrayList<>();
    private final MediaRetries retries = new MediaRetries();
    private final MediaServer server =
            new MediaServer(ClientSettings.defaults(URI.create("ws://127.0.0.1:1/ws/chat"), new byte[32]));
    private final List<String> permits = new ArrayList<>(List.of("first", "second", "third"));
    private ScriptedHost host;
    private ScriptedHost other;
    private Media media;
    private int asked;

    private final SteppedWire wire = new SteppedWire() {
        @Override
        public void send(Request request) {
            asked++;
            request.send();
            request.complete(new Answer.Result(Node.element("iq")
                    .child(Node.element("media_conn")
                            .attribute("auth", permits.removeFirst())
                            .attribute("ttl", 3600)
                            .attribute("auth_ttl", 21_600)
                            .attribute("max_buckets", 12)
                            .child(Node.element("host").attribute("hostname", host.name()))
                            .child(Node.element("host").attribute("hostname", other.name())))
                    .build()));
        }
    };

    @BeforeEach
    void start() {
        host = new ScriptedHost(folder.resolve("stored"));
        other = new ScriptedHost(folder.resolve("stored"));
        media = SessionMedia.over(wire, server, retries, random, () -> Optional.of(SELF), stanza -> {
            written.add(stanza);
            return true;
        });
    }

    @AfterEach
    void stop() {
        server.close();
        host.close();
        other.close();
    }

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    private Instant deadline() {
        return wire.clock.instant().plusSeconds(300);
    }

    private Outcome<StoredMedia> upload() throws IOException {
        return media.upload(
                () -> new ByteArrayInputStream(file), MediaKind.DOCUMENT, folder.resolve("scratch"), deadline());
    }

    /** Puts the file where the hosts have it. */
    private FileContent stored() throws IOException {
        ByteArrayOutputStream blob = new ByteArrayOutputStream();
        MediaDigest digest =
                MediaCipher.encrypt(MediaKeys.derive(mediaKey, MediaKind.IMAGE), new ByteArrayInputStream(file), blob);
        Files.write(host.stored, blob.toByteArray());
        return new FileContent(
                MediaKind.IMAGE,
                "https://elsewhere.example/v/1?a=1",
                "/v/1?a=1",
                mediaKey,
                digest.sha256(),
                digest.encryptedSha256(),
                digest.length());
    }

    private Outcome<MediaDigest> download(FileContent content) throws IOException {
        return download(content, Optional.empty());
    }

    private Outcome<MediaDigest> download(FileContent content, Optional<Origin> origin) throws IOException {
        return media.download(new MediaReference(content, origin), folder.resolve("file"), MOST, deadline());
    }

    private void assertFetched(Outcome<MediaDigest> outcome) throws IOException {
        assertThat(outcome).isInstanceOf(Outcome.Done.class);
        assertThat(folder.resolve("file")).hasBinaryContent(file);
    }

    private void assertRefused(Outcome<MediaDigest> outcome, Refusal reason) {
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(reason));
        assertThat(folder.resolve("file")).doesNotExist();
    }

    @Test
    void isStoredAndFetchedAgain() throws IOException {
        Outcome<StoredMedia> outcome = upload();
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Done.class, done -> assertThat(done.value()).isInstanceOf(StoredMedia.class));
        FileContent content = outcome.done().orElseThrow().file();
        assertThat(content.directPath()).isEqualTo("/v/1?a=1");
        assertThat(content.url()).isEqualTo("https://h/v/1?a=1");
        assertThat(content.length()).isEqualTo(file.length);
        assertThat(host.requests.getFirst()).startsWith("POST /mms/document/").contains("?auth=first&token=");
        assertThat(folder.resolve("scratch")).doesNotExist();
        assertFetched(download(content));
        assertThat(host.requests.getLast()).startsWith("GET /v/1?a=1&hash=").contains("&mms-type=document");
        assertThat(asked).as("once for both").isOne();
    }

    @Test
    void anotherHostTakesWhatTheFirstDoesNot() throws IOException {
        host.then(status(507, ""), status(415, ""), exchange -> exchange.close());
        for (int i = 0; i < 3; i++) {
            assertThat(upload()).isInstanceOf(Outcome.Done.class);
        }
        assertThat(other.requests).hasSize(3);
    }

    @Test
    void aPermitThatHasEndedIsRenewedOnce() throws IOException {
        host.then(status(401, ""));
        assertThat(upload()).isInstanceOf(Outcome.Done.class);
        assertThat(host.requests.getLast()).contains("auth=second");
        host.then(status(403, ""), status(403, ""));
        assertThat(upload()).isEqualTo(new Outcome.Unknown<>(Silence.NOT_SENT));
        assertThat(folder.resolve("scratch")).doesNotExist();
    }

    @Test
    void whatAHostRefusesIsToldAsThat() throws IOException {
        host.then(status(413, ""));
        assertThat(upload()).isEqualTo(new Outcome.Refused<>(Refusal.NOT_ACCEPTABLE, 413));
        host.then(status(200, "{\"direct_path\":\"//elsewhere.example/1\"}"));
        other.then(status(200, "nothing of the kind"));
        assertThat(upload()).isEqualTo(new Outcome.Unknown<>(Silence.NOT_SENT));
        host.then(status(429, ""));
        other.then(status(429, ""));
        assertThat(upload()).isEqualTo(new Outcome.Unknown<>(Silence.RATE_LIMITED));
    }

    @Test
    void whatTheDiskDoesIsThrown() throws IOException {
        assertThatIOException()
                .isThrownBy(() -> media.upload(
                        () -> new ByteArrayInputStream(file),
                        MediaKind.IMAGE,
                        folder.resolve("none").resolve("scratch"),
                        deadline()));
        FileContent content = stored();
        assertThatIOException()
                .isThrownBy(() -> media.download(
                        new MediaReference(content, Optional.empty()),
                        folder.resolve("none").resolve("file"),
                        MOST,
                        deadline()));
    }

    @Test
    void aConnectionThatIsCutIsResumed() throws IOException {
        FileContent content = stored();
        host.then(host.cutAfter(1), host.cutAfter(70_000), host.cutAfter(50_000));
        assertFetched(download(content));
        assertThat(host.ranges).containsExactly("", "bytes=1-", "bytes=70001-", "bytes=120001-");
    }

    @Test
    void aHostThatKnowsNoPartsBeginsAnew() throws IOException {
        FileContent content = stored();
        host.then(host.cutAfter(100_000), exchange -> {
            byte[] all = Files.readAllBytes(host.stored);
            exchange.sendResponseHeaders(200, all.length);
            exchange.getResponseBody().write(all);
            exchange.close();
        });
        assertFetched(download(content));
    }

    @Test
    void aHostThatAlwaysCutsIsGivenUp() throws IOException {
        FileContent content = stored();
        ScriptedHost.Step[] cuts = new ScriptedHost.Step[40];
        Arrays.fill(cuts, (ScriptedHost.Step) exchange -> exchange.close());
        host.then(cuts);
        other.then(cuts);
        assertThat(download(content)).isEqualTo(new Outcome.Unknown<>(Silence.UNKNOWN));
        assertThat(host.requests).hasSizeLessThan(10);
        assertThat(folder.resolve("file")).doesNotExist();
    }

    @Test
    void anotherHostHasWhatTheFirstHasNot() throws IOException {
        FileContent content = stored();
        host.then(status(500, ""));
        assertFetched(download(content));
        host.then(status(404, ""));
        assertFetched(download(content));
    }

    @Test
    void aHostThatLiesAboutSizesIsNotBelieved() throws IOException {
        FileContent content = stored();
        // A file that goes on and on.
        host.then(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] chunk = new byte[64 * 1024];
            for (int i = 0; i < 200; i++) {
                exchange.getResponseBody().write(chunk);
            }
            exchange.close();
        });
        assertRefused(download(content), Refusal.DAMAGED);
        host.then(exchange -> {
            exchange.sendResponseHeaders(200, 1L << 40);
            exchange.getResponseBody().write(Files.readAllBytes(host.stored));
            exchange.close();
        });
        assertRefused(download(content), Refusal.DAMAGED);
        // Another file from the middle on.
        host.then(host.cutAfter(100_000), exchange -> {
            exchange.getResponseHeaders().add("Content-Range", "bytes 100000-100009/100010");
            exchange.sendResponseHeaders(206, 10);
            exchange.getResponseBody().write(new byte[10]);
            exchange.close();
        });
        assertThat(download(content)).isEqualTo(new Outcome.Unknown<>(Silence.UNKNOWN));
    }

    @Test
    void whatIsNotTheFileIsNotTakenForIt() throws IOException {
        FileContent content = stored();
        byte[] blob = Files.readAllBytes(host.stored);
        blob[1000] ^= 1;
        Files.write(host.stored, blob);
        assertRefused(download(content), Refusal.DAMAGED);
        FileContent lies = new FileContent(
                MediaKind.IMAGE, "", "/v/1", mediaKey, new byte[32], content.encryptedSha256(), content.length());
        stored();
        assertRefused(download(lies), Refusal.DAMAGED);
        FileContent large = new FileContent(MediaKind.IMAGE, "", "/v/1", mediaKey, new byte[0], new byte[0], -1);
        assertRefused(download(large), Refusal.TOO_LARGE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "v/1", "//elsewhere.example/1", "/v/1#x", "/v/1 2", "/v/\u00e9", "/v\\1", "@elsewhere/1"})
    void aPathThatIsNoneIsNotAskedFor(String path) throws IOException {
        FileContent content = stored();
        FileContent lies = new FileContent(
                MediaKind.IMAGE, "", path, mediaKey, content.sha256(), content.encryptedSha256(), content.length());
        assertRefused(download(lies), Refusal.DAMAGED);
        assertThat(host.requests).isEmpty();
    }

    @Test
    void whatIsGoneIsAskedOfThePhone() throws IOException {
        FileContent content = stored();
        Origin origin = new Origin("ABC", Jid.pn("10000000002"), false, Optional.empty());
        MediaRetry retry = new MediaRetry(mediaKey, "ABC");
        host.then(status(410, ""));
        other.then(status(404, ""));
        wire.whileWaiting = () -> answers(retry.sealed(new MediaRetry.Answer(Optional.of("/v/2?b=1")), random));
        assertFetched(download(content, Optional.of(origin)));
        assertThat(host.requests.getLast()).startsWith("GET /v/2?b=1&");
        Node wish = written.getFirst();
        assertThat(wish.is("type", "server-error")).isTrue();
        assertThat(wish.jid("to")).hasValue(SELF);
        assertThat(wish.child("rmr").orElseThrow().is("from_me", "false")).isTrue();

        gone();
        wire.whileWaiting = () -> answers(retry.sealed(new MediaRetry.Answer(Optional.empty()), random));
        assertRefused(download(content, Optional.of(origin)), Refusal.GONE);
        gone();
        wire.whileWaiting = () -> retries.decide(Node.element("notification")
                        .attribute("id", "ABC")
                        .child(Node.element("error").attribute("code", 2))
                        .build())
                .effects()
                .forEach(Runnable::run);
        assertRefused(download(content, Optional.of(origin)), Refusal.GONE);
        gone();
        assertThat(download(content, Optional.of(origin)))
                .as("a phone that is switched off may be back")
                .isEqualTo(new Outcome.Unknown<>(Silence.UNKNOWN));
        gone();
        wire.whileWaiting = () -> answers(new MediaRetry.Sealed(new byte[3], new byte[70]));
        assertThat(download(content, Optional.of(origin))).isEqualTo(new Outcome.Unknown<>(Silence.UNKNOWN));
    }

    private void gone() {
        host.then(status(404, ""));
        other.then(status(404, ""));
    }

    private void answers(MediaRetry.Sealed sealed) {
        retries.decide(Node.element("notification")
                        .attribute("id", "ABC")
                        .attribute("type", "mediaretry")
                        .child(Node.element("encrypt")
                                .child(Node.bytes("enc_p", sealed.payload()))
                                .child(Node.bytes("enc_iv", sealed.iv())))
                        .build())
                .effects()
                .forEach(Runnable::run);
    }
}
