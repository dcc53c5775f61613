package io.greenfinch.interop.scenario;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.greenfinch.interop.peer.PeerEvent.Content;
import io.greenfinch.interop.peer.PeerKind;
import io.greenfinch.interop.scenario.GatewayChats.Chat;
import io.greenfinch.interop.service.Gateway.Answer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Files between our gateway and Baileys and whatsmeow, both ways, direct and in groups (specification §20). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@NeedsPeers
class GatewayMediaIT {

    /** A kind of file, by the name that makes it one. */
    private record Kind(String what, String type, String fileName, String mimeType) {}

    private static final List<Kind> KINDS = List.of(
            new Kind("image", "imageMessage", "a.png", "image/png"),
            new Kind("video", "videoMessage", "a.mp4", "video/mp4"),
            new Kind("audio", "audioMessage", "a.ogg", "audio/ogg; codecs=opus"),
            new Kind("document", "documentMessage", "a.pdf", "application/pdf"),
            new Kind("sticker", "stickerMessage", "a.webp", "image/webp"));

    private GatewayChats chats;

    @BeforeAll
    void link(@TempDir Path data) {
        chats = GatewayChats.start(data, "--simulator-tls-listen", "127.0.0.1:0");
    }

    @AfterAll
    void stop() {
        chats.close();
    }

    @ParameterizedTest
    @MethodSource("io.greenfinch.interop.scenario.GatewayChats#all")
    void whatWeSendIsFetched(PeerKind client, String where) {
        Actor actor = chats.cast().first(client);
        Chat chat = chats.with(actor, where);
        byte[] bytes = bytes(70_000);
        Answer kept = chats.gateway().postFile("sendFileByUpload", "chatId", chat.ours(), "application/pdf", bytes);
        assertThat(kept.status()).as(kept.body()).isEqualTo(200);
        seen(actor, kept, "document", bytes);
        for (Kind kind : KINDS) {
            Answer sent = chats.gateway()
                    .post(
                            "sendFileByUrl",
                            Map.of(
                                    "chatId",
                                    chat.ours(),
                                    "urlFile",
                                    kept.json().get("urlFile").asString(),
                                    "fileName",
                                    kind.fileName));
            assertThat(sent.status()).as(sent.body()).isEqualTo(200);
            seen(actor, sent, kind.what, bytes);
        }
    }

    private static void seen(Actor actor, Answer sent, String what, byte[] bytes) {
        String id = sent.json().get("idMessage").asString();
        Content content = actor.peer().await(Content.class, each -> each.id().equals(id));
        assertThat(content.what()).isEqualTo(what);
        assertThat(content.about()).as("hash of what %s fetched", actor.peer()).hasValue(hash(bytes));
    }

    @ParameterizedTest
    @MethodSource("io.greenfinch.interop.scenario.GatewayChats#all")
    void whatIsSentToUsIsUnderItsLink(PeerKind client, String where) {
        Actor actor = chats.cast().first(client);
        Chat chat = chats.with(actor, where);
        for (Kind kind : KINDS) {
            byte[] bytes = bytes(30_000);
            String id = actor.peer()
                    .send(
                            chat.theirs(),
                            kind.what,
                            Map.of(
                                    "text",
                                    kind.fileName,
                                    "mime",
                                    kind.mimeType,
                                    "data",
                                    Base64.getEncoder().encodeToString(bytes)));
            Map<String, String> about = Map.of("chatId", chat.ours(), "idMessage", id);
            JsonNode item = await().atMost(20, SECONDS)
                    .until(() -> chats.gateway().post("getMessage", about), answer -> answer.status() == 200)
                    .json();
            assertThat(item.get("typeMessage").asString()).isEqualTo(kind.type);
            String link = item.get("downloadUrl").asString();
            assertThat(hash(chats.gateway().fetch(link))).as(kind.what).isEqualTo(hash(bytes));
            assertThat(chats.gateway()
                            .post("downloadFile", about)
                            .json()
                            .get("downloadUrl")
                            .asString())
                    .isEqualTo(link);
        }
    }

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    private static String hash(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
