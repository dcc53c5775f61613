package io.greenfinch.gateway.preview;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.greenfinch.gateway.TwoAccounts;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What Bob is shown of the links in what Anna's caller writes. */
@Timeout(120)
class PreviewsIT {

    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    private Path data;

    private TwoAccounts accounts;
    private HttpServer site;

    @BeforeEach
    void start() throws IOException {
        accounts = new TwoAccounts(data);
        site = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        site.start();
    }

    @AfterEach
    void stop() {
        site.stop(0);
        accounts.close();
    }

    private String serves(String path, String type, byte[] body) {
        site.createContext(path, exchange -> {
            exchange.getResponseHeaders().add("Content-Type", type);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        return "http://localhost:" + site.getAddress().getPort() + path;
    }

    private static byte[] picture() throws IOException {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(300, 200, BufferedImage.TYPE_INT_RGB), "png", png);
        return png.toByteArray();
    }

    private JsonNode send(Map<String, Object> fields) {
        accounts.post(accounts.anna, "sendMessage", JSON.writeValueAsString(fields));
        return accounts.next().at("/body/messageData");
    }

    private JsonNode text(String message) {
        return send(Map.of("chatId", TwoAccounts.BOB, "message", message));
    }

    @Test
    void aPageSaysWhatItIs() throws IOException {
        serves("/cat.png", "image/png", picture());
        String link = serves(
                "/page",
                "text/html; charset=windows-1251",
                ("<html><head><title>no</title><meta property='og:title' content='Коты &amp; Co'>"
                                + "<meta name='description' content='Всё  о\nкотах'>"
                                + "<meta property='og:image' content='cat.png'></head></html>")
                        .getBytes(Charset.forName("windows-1251")));
        JsonNode shown = text("Look: " + link + "!").path("extendedTextMessageData");
        assertThat(shown.path("text").stringValue()).isEqualTo("Look: " + link + "!");
        assertThat(shown.path("title").stringValue()).isEqualTo("Коты & Co");
        assertThat(shown.path("description").stringValue()).isEqualTo("Всё о котах");
        assertThat(shown.path("jpegThumbnail").stringValue()).isNotEmpty();
    }

    /** A large picture is stored as files are; where it can't be, it is shown small. */
    @Test
    void aPictureIsShownLargeWhereThatIsWanted() throws IOException {
        serves("/cat.png", "image/png", picture());
        String link = serves(
                "/page",
                "text/html",
                "<meta property='og:title' content='Cats'><meta property='og:image' content='cat.png'>"
                        .getBytes(StandardCharsets.UTF_8));
        Map<String, Object> large =
                Map.of("chatId", TwoAccounts.BOB, "message", link, "typePreview", "large", "linkPreview", true);
        assertThat(send(large).at("/extendedTextMessageData/jpegThumbnail").stringValue())
                .isNotEmpty();
        assertThat(accounts.world.expireFiles()).isOne();
        text(link);
        assertThat(accounts.world.expireFiles()).as("of a small one").isZero();
    }

    @Test
    void whatCanNotBeHadIsLeftOut() {
        String page = serves("/bare", "text/html", "<title>Bare</title>".getBytes(StandardCharsets.UTF_8));
        assertThat(text(page).at("/extendedTextMessageData/title").stringValue())
                .isEqualTo("Bare");
        String binary = serves("/binary", "application/pdf", new byte[100]);
        for (String link : new String[] {binary, "http://localhost:1/none", "http://nowhere.invalid/"}) {
            JsonNode plain = text("At " + link);
            assertThat(plain.path("typeMessage").stringValue()).as(link).isEqualTo("textMessage");
            assertThat(plain.at("/textMessageData/textMessage").stringValue()).isEqualTo("At " + link);
        }
    }

    @Test
    @Timeout(30)
    void aHostilePageCostsNobodyAnything() {
        StringBuilder page = new StringBuilder("<title>Hostile</title>");
        for (int i = 0; i < 12; i++) {
            page.append("<b");
            for (int k = 0; k < 512; k++) {
                page.append(" a").append(i).append('x').append(k);
            }
            page.append('>');
        }
        page.append("<p>x".repeat(100_000));
        String hostile = serves("/hostile", "text/html", page.toString().getBytes(StandardCharsets.UTF_8));
        assertThat(text(hostile).at("/extendedTextMessageData/title").stringValue())
                .isEqualTo("Hostile");
        String deep = serves("/deep", "text/html", "<div>".repeat(100_000).getBytes(StandardCharsets.UTF_8));
        assertThat(text(deep).path("typeMessage").stringValue()).isEqualTo("textMessage");
    }

    @Test
    void aCallerMaySayItOrWantNone() throws IOException {
        String image = serves("/own.png", "image/png", picture());
        JsonNode own = send(Map.of(
                "chatId",
                TwoAccounts.BOB,
                "message",
                "https://nowhere.invalid/shop",
                "customPreview",
                Map.of("title", "My shop", "description", "All of it", "urlFile", image)));
        assertThat(own.at("/extendedTextMessageData/title").stringValue()).isEqualTo("My shop");
        assertThat(own.at("/extendedTextMessageData/description").stringValue()).isEqualTo("All of it");
        assertThat(own.at("/extendedTextMessageData/jpegThumbnail").stringValue())
                .isNotEmpty();
        String page = serves("/page", "text/html", "<title>Page</title>".getBytes(StandardCharsets.UTF_8));
        JsonNode none = send(Map.of("chatId", TwoAccounts.BOB, "message", page, "linkPreview", false));
        assertThat(none.path("typeMessage").stringValue()).isEqualTo("textMessage");
    }
}
