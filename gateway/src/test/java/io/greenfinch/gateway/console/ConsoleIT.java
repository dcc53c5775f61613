package io.greenfinch.gateway.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.sun.net.httpserver.HttpServer;
import io.greenfinch.gateway.TestGateway;
import io.greenfinch.gateway.store.Backup;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody who has only a browser. */
class ConsoleIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    private Scenery scenery;
    private Page page;

    @BeforeEach
    void open() {
        scenery = new Scenery(folder);
        scenery.world.person("Anna", "15550001001");
        scenery.world.person("Bob", "15550001002");
        page = scenery.login(1280, "en");
    }

    @AfterEach
    void close() {
        if (scenery != null) {
            scenery.close();
        }
    }

    @Test
    void sendsAFileAndShowsPictures() throws IOException {
        linkAnna();
        Path picture = Files.createDirectories(folder.resolve("pictures")).resolve("cat <b>.png");
        ImageIO.write(new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB), "png", picture.toFile());
        tab("Chats");
        page.getByLabel("To", new Page.GetByLabelOptions().setExact(true)).fill("15550001002");
        page.getByLabel("Text").fill("Look");
        page.locator("input[type=file]").setInputFiles(picture);
        button("Send").click();
        assertThat(page.locator("#sent")).containsText("On its way");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(scenery.world.seen("Bob")).anyMatch(seen -> seen.contains("Look")));
        tab("Chats");
        page.locator("#rows a").first().click();
        assertThat(page.locator(".message img")).isVisible();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(page.locator(".message img").evaluate("image => image.naturalWidth"))
                        .isEqualTo(40));
    }

    @Test
    void aBackupIsSavedThatCanBeRestored() throws IOException {
        linkAnna();
        long id = scenery.gateway.gateway().instances().getFirst().id();
        page.navigate(scenery.url("/node"));
        Path saved = folder.resolve("saved.db");
        Download download =
                page.waitForDownload(() -> button("Download a backup").click());
        assertThat(download.suggestedFilename()).matches("greenfinch-[0-9-]{17}\\.db");
        download.saveAs(saved);
        try (Stream<Path> left = Files.list(folder.resolve("files/uploads"))) {
            assertThat(left).isEmpty();
        }

        Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
        Files.copy(folder.resolve("master.key"), elsewhere.resolve("master.key"));
        Backup.restore(elsewhere, saved, Optional.empty(), Optional.empty());
        try (TestGateway restored = TestGateway.start(elsewhere)) {
            assertThat(restored.gateway().instances()).hasSize(1);
            assertThat(restored.gateway().instances().getFirst().id()).isEqualTo(id);
        }
        assertThat(scenery.troubles).isEmpty();
    }

    @Test
    void linksWritesReadsAndLeaves() {
        linkAnna();
        for (String subject : new String[] {"Team", "Family", "Chess"}) {
            scenery.world.group(subject, "Bob", "Anna", "");
        }

        tab("Chats");
        page.getByLabel("To", new Page.GetByLabelOptions().setExact(true)).fill("+1 (555) 000-1002");
        page.getByLabel("Text").fill("Hello Bob");
        button("Send").click();
        assertThat(page.locator("#sent")).containsText("On its way");
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(scenery.world.seen("Bob")).anyMatch(seen -> seen.contains("Hello Bob")));

        page.navigate(scenery.url("/phones"));
        page.locator("form")
                .filter(new Locator.FilterOptions().setHas(button("Write")))
                .locator("select[name=person]")
                .selectOption("Bob");
        page.locator("select[name=to]").selectOption("Anna");
        page.locator("input[name=text]").fill("Hello Anna");
        button("Write").click();
        assertThat(page.locator("#played")).containsText("Written");

        page.navigate(scenery.url("/instances"));
        page.locator("tbody th a").click();
        tab("Chats");
        page.locator("#rows a").getByText("Bob").click();
        assertThat(page.locator("#messages .out")).containsText("Hello Bob");
        assertThat(page.locator("#messages .in")).containsText("Hello Anna");

        tab("Groups");
        assertThat(page.locator("#rows .item")).hasCount(3);
        page.getByLabel("Find by name or id").fill("che");
        assertThat(page.locator("#rows .item")).hasCount(1);
        page.getByLabel("Find by name or id").fill("");
        assertThat(page.locator("#rows .item")).hasCount(3);
        page.getByLabel("Team").check();
        page.getByLabel("Family").check();
        page.getByLabel("Chess").check();
        button("Leave the chosen groups").click();
        assertThat(page.locator("#left li.good")).hasCount(3);
        assertThat(page.locator("#left")).containsText("Chess: left");
        assertThat(scenery.troubles).isEmpty();
    }

    @Test
    void showsEventsAsTheyHappenAndAWebhookThatFails() throws IOException {
        linkAnna();
        tab("Events");
        scenery.world.says("Bob", "Anna", "Seen at once");
        assertThat(page.locator("#events details").first()).containsText("Seen at once");

        AtomicInteger status = new AtomicInteger(500);
        HttpServer receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/", exchange -> {
            exchange.sendResponseHeaders(status.get(), -1);
            exchange.close();
        });
        receiver.start();
        try {
            String url = "http://127.0.0.1:" + receiver.getAddress().getPort();
            tab("Settings");
            setWebhook(url + "/fails");
            tab("Queues");
            assertThat(page.locator("#health")).containsText("failing");
            assertThat(page.locator("#health")).containsText("500");

            status.set(200);
            tab("Settings");
            setWebhook(url + "/takes");
            tab("Queues");
            assertThat(page.locator("#backlog")).hasText("0");
            assertThat(page.locator("#health")).hasText("well");
        } finally {
            receiver.stop(0);
        }
        assertThat(scenery.troubles).isEmpty();
    }

    @Test
    void showsATokenReplacesItAndDeletes() {
        button("New instance").click();
        assertThat(page.locator("h1")).isVisible();
        String id = page.url().replaceFirst(".*/", "");
        button("Show").click();
        String token = page.locator("#shown-token").textContent();
        assertThat(status(id, token)).isEqualTo(200);

        page.locator("summary").getByText("New token").click();
        page.locator("details")
                .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("New token"))
                .click();
        assertThat(page.locator("#shown-token")).not().hasText(token);
        assertThat(status(id, token)).isEqualTo(401);
        assertThat(status(id, page.locator("#shown-token").textContent())).isEqualTo(200);

        page.locator("summary").getByText("Delete the instance").click();
        page.getByLabel("Type idInstance to confirm").fill("1");
        button("Delete").click();
        assertThat(page.locator("#done")).containsText("Type the number");
        page.getByLabel("Type idInstance to confirm").fill(id);
        button("Delete").click();
        assertThat(page).hasURL(scenery.url("/instances"));
        assertThat(page.locator("tbody")).containsText("No instance.");
        assertThat(scenery.troubles).isEmpty();
    }

    private int status(String id, String token) {
        return scenery.gateway
                .get("/waInstance" + id + "/getStateInstance/" + token)
                .statusCode();
    }

    private void setWebhook(String url) {
        page.locator("input[name=webhookUrl]").fill(url);
        page.locator("input[name=incomingWebhook]").check();
        button("Save").click();
        assertThat(page.locator("#saved")).containsText("Saved");
    }

    private void linkAnna() {
        page.locator("input[name=name]").fill("Shop");
        button("New instance").click();
        assertThat(page.locator("img.qr")).isVisible();
        page.locator("input[name=person]").fill("Anna");
        button("Scan").click();
        assertThat(page.locator("#state")).containsText("online");
    }

    private void tab(String name) {
        page.locator(".tabs")
                .getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName(name))
                .click();
        assertThat(page.locator(".tabs a[aria-current]")).hasText(name);
    }

    private Locator button(String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }
}
