package io.greenfinch.gateway.docs;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.greenfinch.gateway.Gateway;
import io.greenfinch.gateway.TestGateway;
import io.greenfinch.gateway.browser.Chromium;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The page {@code /docs}, read in a browser. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ApiPageIT {

    private static final int PHONE_WIDTH = 375;

    @TempDir
    private static Path folder;

    private final List<String> troubles = new ArrayList<>();
    private Chromium chromium;
    private TestGateway gateway;
    private Gateway.NewInstance instance;
    private List<String> methods;
    private BrowserContext context;
    private Page page;

    @BeforeAll
    void start() {
        chromium = Chromium.start();
        gateway = TestGateway.start(folder.resolve("data"));
        instance = gateway.gateway().createInstance("test");
        methods = new JsonMapper()
                .readTree(gateway.get("/openapi.json").body()).findValues("operationId").stream()
                        .map(JsonNode::stringValue)
                        .toList();
    }

    @AfterAll
    void stop() {
        // Without a browser nothing was started.
        if (gateway != null) {
            gateway.close();
            chromium.close();
        }
    }

    @BeforeEach
    void open() {
        open(new NewContextOptions());
    }

    private void open(NewContextOptions options) {
        context = chromium.context(options);
        page = context.newPage();
        troubles.clear();
        page.onConsoleMessage(message -> {
            if (!message.type().equals("verbose")) { // advice of the browser's to developers
                troubles.add(message.type() + ": " + message.text());
            }
        });
        page.onPageError(troubles::add);
        page.onRequestFailed(request -> troubles.add("failed: " + request.url()));
        page.onRequest(request -> {
            if (!request.url().startsWith(gateway.gateway().apiUrl() + "/")
                    && !request.url().startsWith("data:")) {
                troubles.add("elsewhere: " + request.url());
            }
        });
        show("");
    }

    private void show(String fragment) {
        page.navigate(gateway.gateway().apiUrl() + "/docs" + fragment);
        assertThat(page.locator("#api")).not().hasAttribute("aria-busy", "true");
    }

    @AfterEach
    void close() {
        context.close();
    }

    @Test
    void itShowsEveryMethodAndNothingGoesWrong() {
        assertThat(page.locator(".opblock")).hasCount(methods.size());
        assertThat(page).hasTitle("Greenfinch: the API");
        assertThat(troubles).isEmpty();
    }

    @Test
    void methodsAreFoundByWhatIsSaidOfThem() {
        Locator field = page.locator(".operation-filter-input");
        field.fill("SERVER-sent");
        assertThat(page.locator("#operations-Account-getSettings")).hasCount(0);
        assertThat(page.locator("#operations-Receiving-events")).isVisible();
        field.fill("nothing like this");
        assertThat(page.locator("#operations-Receiving-events")).hasCount(0);
        assertThat(troubles).isEmpty();
    }

    @Test
    void aMethodIsTriedWhereItIsRead() {
        Locator method = page.locator("#operations-Account-getStateInstance");
        method.locator(".opblock-control-arrow").click();
        method.locator(".parameters-col_description input").nth(0).fill(Long.toString(instance.id()));
        method.locator(".parameters-col_description input").nth(1).fill(instance.token());
        method.getByText("Execute").click();
        assertThat(method.locator(".request-url")).containsText("/waInstance" + instance.id() + "/");
        assertThat(method.locator(".live-responses-table").first()).containsText("notAuthorized");
        assertThat(troubles).isEmpty();
    }

    @Test
    void aPhoneNeedNotScrollSideways() {
        context.close();
        open(new NewContextOptions().setViewportSize(PHONE_WIDTH, 812).setHasTouch(true));
        assertThat(page.evaluate("document.documentElement.scrollWidth")).isEqualTo(PHONE_WIDTH);
        assertThat(troubles).isEmpty();
    }

    @Test
    void itIsLightOrDarkAsTheSystemIs() {
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
        assertThat(page.locator("html")).not().hasClass("dark-mode");
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        assertThat(page.locator("html")).hasClass("dark-mode");
    }

    @Test
    void aDescriptionThatDoesNotComeIsTold() {
        page.route("**/openapi.json", route -> route.abort());
        page.reload();
        assertThat(page.locator("#api")).containsText("The description could not be loaded");
    }
}
