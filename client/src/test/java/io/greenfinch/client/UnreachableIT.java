package io.greenfinch.client;

import static io.greenfinch.client.SessionFixture.calling;
import static io.greenfinch.client.SessionFixture.until;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.greenfinch.client.SessionStatus.Disconnect;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What keeps us from WhatsApp is told for what it is, and at once: time does not pass here by itself. */
final class UnreachableIT extends PairingScript {

    private static final String NUMBER = "15550001001";

    private final Logger engine = (Logger) LoggerFactory.getLogger("io.greenfinch.client");
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeEach
    void listen() {
        log.start();
        engine.setLevel(Level.INFO);
        engine.addAppender(log);
    }

    @AfterEach
    void stopListening() {
        engine.detachAppender(log);
        engine.setLevel(null);
    }

    @Test
    void nobodyListens() throws IOException {
        ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        int port = free.getLocalPort();
        free.close();
        reach(URI.create("ws://127.0.0.1:" + port + "/ws/chat"));

        tells(DisconnectCause.CONNECTION_REFUSED, "refuses connections");
    }

    @Test
    void theNameLeadsNowhere() {
        reach(URI.create("ws://nowhere.invalid/ws/chat"));

        tells(DisconnectCause.UNKNOWN_HOST, "leads to no address");
    }

    @Test
    void somethingElseAnswersAndIsNotFollowed() {
        try (FakeServer elsewhere = new FakeServer(fixture.clock)) {
            fixture.server.redirection = URI.create(elsewhere.url().toString().replace("ws:", "http:"));
            reach(fixture.server.url());

            tells(DisconnectCause.CAPTIVE_PORTAL, "something else answers");
            assertThat(elsewhere.connections()).isEmpty();
        }
    }

    @Test
    void whatDoesNotSpeakTlsIsSomethingElse() {
        reach(URI.create(fixture.server.url().toString().replace("ws:", "wss:")));

        tells(DisconnectCause.CAPTIVE_PORTAL, "something else answers");
    }

    @Test
    void nothingAnswers() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            reach(URI.create("ws://127.0.0.1:" + silent.getLocalPort() + "/ws/chat"));
            CompletableFuture<PairingCode> code =
                    calling(() -> fixture.session().account().pairingCode(fixture.soon()));
            until(() -> fixture.timers.waiting() == 2);
            fixture.timers.advance(Duration.ofSeconds(10));

            assertThat(code.join()).isEqualTo(new PairingCode.Unavailable(DisconnectCause.NO_ANSWER));
            assertThat(warnings()).singleElement().asString().contains("does not answer");
        }
    }

    @Test
    void aLinkedSessionTellsTheCauseAndThatItIsOver() {
        fixture.linked();
        URI nowhere = URI.create("http://nowhere.invalid/");
        fixture.server.redirection = nowhere;
        fixture.server.last().cut();
        until(() -> fixture.session()
                .account()
                .status()
                .lastDisconnect()
                .map(Disconnect::cause)
                .equals(Optional.of(DisconnectCause.CAPTIVE_PORTAL)));
        fixture.server.redirection = null;
        until(() -> {
            fixture.timers.advance(Duration.ofSeconds(1));
            return fixture.session().account().status().online();
        });

        assertThat(warnings()).singleElement().asString().contains("something else answers");
        assertThat(log.list).extracting(ILoggingEvent::getFormattedMessage).contains("WhatsApp can be reached again");
    }

    private void reach(URI url) {
        fixture.restart(ClientSettings.defaults(url, fixture.server.authority.rootPublicKey()));
    }

    /** Both ways to link say so without waiting for their deadline, and the log in one line, however often it is tried. */
    private void tells(DisconnectCause cause, String words) {
        assertThat(fixture.session().account().pairingCode(fixture.soon()))
                .isEqualTo(new PairingCode.Unavailable(cause));
        CompletableFuture<PhoneCode> code =
                calling(() -> fixture.session().account().phoneCode(NUMBER, fixture.soon()));
        until(() -> {
            fixture.timers.advance(Duration.ofMillis(100));
            return code.isDone();
        });
        assertThat(code.join()).isEqualTo(new PhoneCode.Unavailable(cause));
        assertThat(warnings()).singleElement().asString().contains(words);
    }

    private List<String> warnings() {
        return List.copyOf(log.list).stream()
                .filter(event -> event.getLevel() == Level.WARN)
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }
}
