package io.greenfinch.gateway.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.greenfinch.gateway.TestForm;
import io.greenfinch.gateway.TestGateway;
import io.greenfinch.gateway.TwoAccounts;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Files from Anna's caller to Bob's, through two instances and a simulated WhatsApp with its media host. */
@Timeout(120)
class FilesIT {

    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    private Path data;

    private TwoAccounts accounts;
    private FileSender anna;
    private final HttpClient http = HttpClient.newHttpClient();

    @BeforeEach
    void start() {
        accounts = new TwoAccounts(data);
        anna = new FileSender(http, accounts.apiUrl(), accounts.anna);
    }

    @AfterEach
    void stop() {
        http.close();
        accounts.close();
    }

    @ParameterizedTest
    @CsvSource({
        "cat.png, imageMessage, image/png",
        "cat.JPG, imageMessage, image/jpeg",
        "film.mp4, videoMessage, video/mp4",
        "song.mp3, audioMessage, audio/mpeg",
        "word.ogg, audioMessage, audio/ogg; codecs=opus",
        "smile.webp, stickerMessage, image/webp",
        "report.pdf, documentMessage, application/pdf",
        "drawing.cdr, documentMessage, application/octet-stream",
        "noextension, documentMessage, application/octet-stream",
        "'C:\\Users\\Anna\\отчёт 1.docx', documentMessage, "
                + "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "'/home/anna/.hidden', documentMessage, application/octet-stream",
    })
    void isWhatItsNameSays(String name, String type, String mimeType) throws Exception {
        byte[] content = FileSender.bytes(300_000);
        JsonNode sent = anna.upload(name, content, "Look");
        assertThat(sent.path("idMessage").stringValue()).startsWith("3EB0");
        assertThat(anna.fetch(sent.path("urlFile").stringValue())).isEqualTo(content);

        JsonNode received = accounts.next().at("/body/messageData");
        assertThat(received.path("typeMessage").stringValue()).isEqualTo(type);
        JsonNode file = received.path("fileMessageData");
        assertThat(file.path("mimeType").stringValue()).isEqualTo(mimeType);
        boolean silent = type.equals("audioMessage") || type.equals("stickerMessage");
        assertThat(file.path("caption").stringValue()).isEqualTo(silent ? "" : "Look");
        if (type.equals("documentMessage")) {
            assertThat(name).endsWith(file.path("fileName").stringValue());
        } else {
            assertThat(file.path("fileName").stringValue()).contains(".");
        }
        assertThat(anna.fetch(file.path("downloadUrl").stringValue())).isEqualTo(content);
        await().untilAsserted(() -> assertThat(accounts.post(
                                accounts.anna,
                                "getMessage",
                                "{\"chatId\":\"15550001002@c.us\",\"idMessage\":\""
                                        + sent.path("idMessage").stringValue() + "\"}")
                        .path("statusMessage")
                        .stringValue())
                .isEqualTo("delivered"));
    }

    /** Forms have texts alone; some clients fill what they don't use with 0. */
    @ParameterizedTest
    @ValueSource(strings = {"0", "1000"})
    void aFormMaySayForHowLongTypingIsShown(String time) {
        HttpRequest request = new TestForm()
                .text("chatId", TwoAccounts.BOB)
                .text("typingTime", time)
                .file("file", "a.bin", FileSender.bytes(1_000))
                .request(URI.create(accounts.apiUrl() + TestGateway.path(accounts.anna, "sendFileByUpload")))
                .build();
        HttpResponse<String> answer = accounts.gateway.send(request);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(accounts.next().at("/body/messageData/typeMessage").stringValue())
                .isEqualTo("documentMessage");
    }

    @Test
    void aPictureShowsWhatItIs() throws Exception {
        BufferedImage image = new BufferedImage(800, 400, BufferedImage.TYPE_INT_ARGB);
        for (int x = 0; x < 800; x++) {
            for (int y = 0; y < 400; y++) {
                image.setRGB(x, y, x < 400 ? 0xFFFF0000 : 0x000000FF);
            }
        }
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(image, "png", png);
        anna.upload("half.png", png.toByteArray(), "");
        byte[] thumbnail = Base64.getDecoder()
                .decode(accounts.next()
                        .at("/body/messageData/fileMessageData/jpegThumbnail")
                        .stringValue());
        BufferedImage small = ImageIO.read(new ByteArrayInputStream(thumbnail));
        assertThat(small.getWidth()).isEqualTo(96);
        assertThat(small.getHeight()).isEqualTo(48);
        assertThat(small.getRGB(10, 10) >> 16 & 0xFF).isGreaterThan(200);
        assertThat(small.getRGB(86, 10) & 0xFFFFFF)
                .as("white where it is transparent")
                .isGreaterThan(0xE0E0E0);
    }

    @Test
    void aFileIsKeptOnceAndSentByItsLink() throws Exception {
        byte[] content = FileSender.bytes(50_000);
        HttpResponse<String> kept = accounts.gateway.send(
                HttpRequest.newBuilder(URI.create(accounts.apiUrl() + TestGateway.path(accounts.anna, "uploadFile")))
                        .header("Content-Type", "application/pdf")
                        .header("GA-Filename", "report.pdf")
                        .POST(BodyPublishers.ofByteArray(content))
                        .build());
        String link = JSON.readTree(kept.body()).path("urlFile").stringValue();
        assertThat(link).endsWith(".pdf");
        for (int i = 0; i < 2; i++) {
            accounts.post(accounts.anna, "sendFileByUrl", url(link, "report" + i + ".pdf"));
            JsonNode file = accounts.next().at("/body/messageData/fileMessageData");
            assertThat(file.path("fileName").stringValue()).isEqualTo("report" + i + ".pdf");
            assertThat(anna.fetch(file.path("downloadUrl").stringValue())).isEqualTo(content);
        }
        TestForm form = new TestForm().file("file", "a.txt", content);
        HttpResponse<String> asForm = accounts.gateway.send(
                form.request(URI.create(accounts.apiUrl() + TestGateway.path(accounts.anna, "uploadFile")))
                        .build());
        assertThat(anna.fetch(JSON.readTree(asForm.body()).path("urlFile").stringValue()))
                .isEqualTo(content);
    }

    @Test
    void aFileIsFetchedFromElsewhere() throws Exception {
        byte[] content = FileSender.bytes(50_000);
        HttpServer elsewhere = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        elsewhere.createContext("/cat.jpg", exchange -> {
            exchange.sendResponseHeaders(200, content.length);
            exchange.getResponseBody().write(content);
            exchange.close();
        });
        elsewhere.createContext("/moved", exchange -> {
            exchange.getResponseHeaders().add("Location", "/cat.jpg");
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
        elsewhere.createContext("/round", exchange -> {
            exchange.getResponseHeaders().add("Location", "/round");
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
        elsewhere.createContext("/large", exchange -> {
            exchange.sendResponseHeaders(200, 209_715_200L);
            exchange.getResponseBody().write(content);
            exchange.getResponseBody().flush();
        });
        elsewhere.start();
        try {
            String host = "http://localhost:" + elsewhere.getAddress().getPort();
            accounts.post(accounts.anna, "sendFileByUrl", url(host + "/moved", "cat.jpg"));
            String link = accounts.next()
                    .at("/body/messageData/fileMessageData/downloadUrl")
                    .stringValue();
            assertThat(anna.fetch(link)).isEqualTo(content);
            assertThat(refused(host + "/none")).contains("status 404");
            assertThat(refused(host + "/round")).contains("from address to address");
            assertThat(refused(host + "/large"))
                    .contains("File from url exceeded max upload size. Size: 200mb Limit: 100mb Url: " + host);
            assertThat(refused("ftp://localhost/cat.jpg")).contains("none of the web");
            assertThat(refused("http://localhost:1/cat.jpg")).contains("no connection");
        } finally {
            elsewhere.stop(0);
        }
    }

    private static String url(String address, String name) {
        return JSON.writeValueAsString(Map.of("chatId", TwoAccounts.BOB, "urlFile", address, "fileName", name));
    }

    private String refused(String address) {
        HttpResponse<String> response =
                accounts.gateway.post(TestGateway.path(accounts.anna, "sendFileByUrl"), url(address, "a.jpg"));
        assertThat(response.statusCode()).as(address).isIn(400, 500);
        return JSON.readTree(response.body()).path("message").stringValue();
    }
}
