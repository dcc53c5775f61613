package io.greenfinch.gateway.sending;

import static io.greenfinch.gateway.sending.Conversation.BOB;
import static io.greenfinch.gateway.sending.Conversation.BOBS;
import static io.greenfinch.gateway.sending.Conversation.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.greenfinch.client.SessionEvent;
import io.greenfinch.client.message.OutgoingMessage;
import io.greenfinch.client.message.SentMessage;
import io.greenfinch.client.stanza.Outcome;
import io.greenfinch.client.stanza.Silence;
import io.greenfinch.gateway.GatewaySettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What waits for what when messages are sent: pauses, chats, and messages of which nothing is heard (green-api.md §1.6). */
@Timeout(90)
class SendPaceIT {

    @TempDir
    private Path data;

    private Conversation anna;

    @BeforeEach
    void start() {
        anna = new Conversation(data);
    }

    @AfterEach
    void stop() {
        anna.close();
    }

    @Test
    void thePauseIsNeverShorterThanTheOperatorAllows() {
        anna.restart(Duration.ZERO);
        assertThat(anna.gateway().setSendDelay(anna.instance(), 0).statusCode()).isEqualTo(200);
        anna.restart();
        List<Long> nanos = new CopyOnWriteArrayList<>();
        anna.session().scripted().sending(message -> {
            nanos.add(System.nanoTime());
            anna.happens(new SessionEvent.MessageAccepted(NOW, message.id(), message.chat(), Optional.empty()));
            return new Outcome.Done<>(new SentMessage(message.id(), NOW));
        });
        anna.online();
        anna.send("{\"chatId\":\"" + BOB + "\",\"message\":\"one\"}");
        anna.send("{\"chatId\":\"" + BOB + "\",\"message\":\"two\"}");
        await().until(() -> nanos.size() == 2);
        assertThat(Duration.ofNanos(nanos.get(1) - nanos.get(0)))
                .isGreaterThanOrEqualTo(GatewaySettings.MIN_SEND_DELAY);
    }

    @Test
    void whereThereIsNoPauseNoChatWaitsForWhatIsTypedInAnother() {
        anna.restart(Duration.ZERO);
        assertThat(anna.gateway().setSendDelay(anna.instance(), 0).statusCode()).isEqualTo(200);
        anna.online();
        String typed = anna.send("{\"chatId\":\"" + BOB + "\",\"message\":\"Hi\",\"typingTime\":5000}");
        String other = anna.send("{\"chatId\":\"15550001003@c.us\",\"message\":\"Hi\"}");
        await().untilAsserted(() ->
                assertThat(anna.sent()).extracting(OutgoingMessage::id).containsExactly(other, typed));
    }

    /** Whoever calls, and whenever: messages keep their distance. */
    @Test
    void callsCutNoPauseShort() {
        List<Long> nanos = new CopyOnWriteArrayList<>();
        anna.session().scripted().sending(message -> {
            nanos.add(System.nanoTime());
            anna.happens(new SessionEvent.MessageAccepted(NOW, message.id(), message.chat(), Optional.empty()));
            return new Outcome.Done<>(new SentMessage(message.id(), NOW));
        });
        while (nanos.size() < 6) {
            anna.send("{\"chatId\":\"" + BOB + "\",\"message\":\"one more\"}");
        }
        for (int i = 1; i < 6; i++) {
            assertThat(Duration.ofNanos(nanos.get(i) - nanos.get(i - 1)))
                    .isGreaterThanOrEqualTo(GatewaySettings.MIN_SEND_DELAY);
        }
    }

    @Test
    void aShorterPauseHoldsAtOnce() {
        anna.set("{\"delaySendMessagesMilliseconds\":600000}");
        anna.send("{\"chatId\":\"" + BOB + "\",\"message\":\"one\"}");
        anna.send("{\"chatId\":\"" + BOB + "\",\"message\":\"two\"}");
        await().until(() -> anna.get("getMessagesCount").equals("{\"count\":1}"));
        anna.set("{\"delaySendMessagesMilliseconds\":500}");
        await().until(() -> anna.get("getMessagesCount").equals("{\"count\":0}"));
    }

    @Test
    void whereThereIsNoPauseNoChatWaitsForAnotherAndEachKeepsItsOrder() {
        anna.restart(Duration.ZERO);
        assertThat(anna.gateway().setSendDelay(anna.instance(), 0).statusCode()).isEqualTo(200);
        List<String> texts = new CopyOnWriteArrayList<>();
        CompletableFuture<Boolean> carol = new CompletableFuture<>();
        anna.session().scripted().sending(message -> {
            if (message.chat().equals(BOBS) && texts.isEmpty()) {
                carol.orTimeout(20, TimeUnit.SECONDS).join();
            }
            texts.add(message.content().getConversation());
            anna.happens(new SessionEvent.MessageAccepted(NOW, message.id(), message.chat(), Optional.empty()));
            carol.complete(true);
            return new Outcome.Done<>(new SentMessage(message.id(), NOW));
        });
        for (String text : List.of("one", "two", "three")) {
            anna.send("{\"chatId\":\"" + BOB + "\",\"message\":\"" + text + "\"}");
        }
        anna.send("{\"chatId\":\"15550001003@c.us\",\"message\":\"Hi\"}");
        anna.online();
        await().until(() -> texts.size() == 4);
        assertThat(texts).containsExactly("Hi", "one", "two", "three");
        await().until(() -> anna.get("getMessagesCount").equals("{\"count\":0}"));
    }

    /** Of a message nothing may be heard for a day. */
    @Test
    void othersGoOnWhileNothingIsHeardOfOne() {
        anna.session().scripted().sending(message -> {
            if (message.chat().equals(BOBS)) {
                return new Outcome.Unknown<>(Silence.UNKNOWN);
            }
            anna.happens(new SessionEvent.MessageAccepted(NOW, message.id(), message.chat(), Optional.empty()));
            return new Outcome.Done<>(new SentMessage(message.id(), NOW));
        });
        String silent = anna.send("{\"chatId\":\"" + BOB + "\",\"message\":\"Hi\"}");
        String behind = "";
        for (int i = 0; i < 40; i++) { // more than are looked at as a rule
            behind = anna.send("{\"chatId\":\"" + BOB + "\",\"message\":\"Hello?\"}");
        }
        String other = anna.send("{\"chatId\":\"15550001003@c.us\",\"message\":\"Hi\"}");
        assertThat(anna.next()).contains("\"status\":\"sent\"", other);
        assertThat(anna.sent()).extracting(OutgoingMessage::id).contains(silent).doesNotContain(behind);
    }
}
