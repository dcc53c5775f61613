package io.greenfinch.interop.scenario;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.greenfinch.interop.peer.PeerEvent.Message;
import io.greenfinch.interop.peer.PeerKind;
import io.greenfinch.interop.service.Gateway.Answer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** Status updates between our gateway and Baileys and whatsmeow, both ways (specification §14.7). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@NeedsPeers
class GatewayStatusesIT {

    private GatewayChats chats;

    @BeforeAll
    void link(@TempDir Path data) {
        chats = GatewayChats.start(data);
    }

    @AfterAll
    void stop() {
        chats.close();
    }

    @ParameterizedTest
    @EnumSource
    void whatWePostIsSeen(PeerKind client) {
        Actor actor = chats.cast().first(client);
        String someone = actor.person().phone() + "@c.us";
        for (String text : List.of("First for " + client, "Second for " + client)) {
            Answer posted = chats.gateway()
                    .post(
                            "sendTextStatus",
                            Map.of("message", text, "backgroundColor", "#228B22", "participants", List.of(someone)));
            assertThat(posted.status()).as(posted.body()).isEqualTo(200);
            String id = posted.json().get("idMessage").asString();
            Message seen = actor.peer().await(Message.class, each -> each.id().equals(id));
            assertThat(seen.text()).isEqualTo(text);
            assertThat(seen.chat()).isEqualTo("status@broadcast");
            assertThat(chats.us().isNamed(seen.sender())).isTrue();
            // A companion tells that it has got it, and the phone does.
            await().atMost(20, SECONDS)
                    .until(() -> chats.gateway()
                            .get("getStatusStatistic", "idMessage=" + id)
                            .json()
                            .valueStream()
                            .anyMatch(each -> each.get("participant").asString().equals(someone)
                                    && each.get("status").asString().equals("delivered")));
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatIsPostedIsToldToWhomAsks(PeerKind client) {
        Actor actor = chats.cast().first(client);
        chats.simulator().statusesFor(actor.person().phone(), chats.us().phone());
        for (String text : List.of("First of " + client, "Second of " + client)) {
            String id = actor.peer().postStatus(text, chats.us().pn());
            JsonNode seen = await().atMost(20, SECONDS)
                    .until(
                            () -> chats.gateway()
                                    .get("getIncomingStatuses")
                                    .json()
                                    .valueStream()
                                    .filter(each ->
                                            each.path("idMessage").asString("").equals(id))
                                    .toList(),
                            found -> !found.isEmpty())
                    .getFirst();
            assertThat(seen.get("textMessage").asString()).isEqualTo(text);
            assertThat(seen.get("senderId").asString()).isEqualTo(actor.person().phone() + "@c.us");
        }
    }
}
