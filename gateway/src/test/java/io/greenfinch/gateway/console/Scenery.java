package io.greenfinch.gateway.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import io.greenfinch.gateway.SimulatedWorld;
import io.greenfinch.gateway.TestGateway;
import io.greenfinch.gateway.browser.Chromium;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A gateway beside a simulated WhatsApp, and a browser in which somebody looks at its console. For one thread. */
final class Scenery implements AutoCloseable {

    final Chromium chromium;
    final SimulatedWorld world;
    final TestGateway gateway;

    /** What went wrong in pages: errors, refused content, requests to elsewhere. */
    final List<String> troubles = new ArrayList<>();

    Scenery(Path folder) {
        chromium = Chromium.start();
        world = new SimulatedWorld();
        gateway = TestGateway.start(folder, world, Duration.ofSeconds(25));
    }

    String url(String path) {
        return gateway.gateway().apiUrl() + "/console" + path;
    }

    /** A window of this width that nobody has logged in with. */
    Page window(int width, String language) {
        BrowserContext context = chromium.context(
                new NewContextOptions().setViewportSize(width, 900).setLocale(language));
        Page page = context.newPage();
        page.setDefaultTimeout(20_000);
        page.onConsoleMessage(message -> {
            // Who asks for what is not there is told so by the page; the browser's own line adds nothing.
            if (!message.text().startsWith("Failed to load resource")) {
                troubles.add(message.type() + ": " + message.text());
            }
        });
        page.onPageError(troubles::add);
        page.onDialog(dialog -> {
            troubles.add("dialog: " + dialog.message());
            dialog.dismiss();
        });
        page.onRequest(request -> {
            if (!request.url().startsWith(gateway.gateway().apiUrl() + "/")
                    && !request.url().startsWith("data:")) {
                troubles.add("elsewhere: " + request.url());
            }
        });
        return page;
    }

    /** Logs in with the partner token. */
    Page login(int width, String language) {
        Page page = window(width, language);
        page.navigate(url(""));
        page.locator("input[name=token]").fill(gateway.gateway().partnerToken());
        page.locator("main form button").click();
        assertThat(page).hasURL(url("/instances"));
        return page;
    }

    @Override
    public void close() {
        gateway.close();
        world.close();
        chromium.close();
    }
}
