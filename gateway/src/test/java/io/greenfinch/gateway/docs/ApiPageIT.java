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
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
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
        page.onConsoleMessage(message -> troubles.add(message.type() + ": " + message.text()));
        page.onPageError(troubles::add);
        page.onRequestFailed(request -> troubles.add("failed: " + request.url()));
        page.onRequest(request -> {
            if (!request.url().startsWith(gateway.gateway().apiUrl() + "/")
                    && !request.url().equals("data:,")) {
                troubles.add("elsewhere: " + request.url());
            }
        });
        show("");
    }

    private void show(String fragment) {
        page.navigate(gateway.gateway().apiUrl() + "/docs" + fragment);
        assertThat(page.locator("main")).not().hasAttribute("aria-busy", "true");
    }

    @AfterEach
    void close() {
        context.close();
    }

    @Test
    void itShowsEveryMethodAndNothingGoesWrong() {
        assertThat(page.locator("#list a").allTextContents()).containsExactlyInAnyOrderElementsOf(methods);
        assertThat(page.locator(".method h3").allTextContents()).containsExactlyInAnyOrderElementsOf(methods);
        assertThat(page).hasTitle("Greenfinch: the API");
        assertThat(troubles).isEmpty();
    }

    @Test
    void methodsAreFoundByAPartOfTheirName() {
        Locator field = page.getByLabel("Find a method");
        Locator found = page.locator("#list a:visible");
        field.fill("LEAVEGROUP");
        assertThat(found).hasText(new String[] {"leaveGroup", "leaveGroups"});
        assertThat(page.locator(".method h3:visible")).hasText(new String[] {"leaveGroup", "leaveGroups"});
        assertThat(page.locator("#count")).hasText("2 found");

        page.evaluate("scrollTo(0, document.body.scrollHeight)");
        field.fill("getAvatar");
        assertThat(page.locator("#getAvatar h3")).isInViewport();

        field.fill("nothing like this");
        assertThat(found).hasCount(0);
        assertThat(page.locator("#count")).hasText("0 found");

        field.fill("");
        assertThat(found).hasCount(methods.size());
        assertThat(page.locator("#count")).isEmpty();
        assertThat(troubles).isEmpty();
    }

    @Test
    void aMethodTellsWhatToSendAndWhatComes() {
        Locator method = page.locator("#leaveGroup");
        assertThat(method.textContent())
                .contains(
                        "POST /waInstance{idInstance}/leaveGroup/{apiTokenInstance}",
                        "Idempotency-Key",
                        "120363000000000001@g.us",
                        "\"removeAdmin\": true",
                        "left-earlier");
        Locator errors = method.getByText("No answer of WhatsApp in time.");
        assertThat(errors).isHidden();
        method.getByText("Errors").click();
        assertThat(errors).isVisible();

        assertThat(page.locator("#setGroupPicture").textContent())
                .contains("multipart/form-data", "file (image/jpeg)", "-F 'file=@picture.jpg;type=image/jpeg'");
    }

    @Test
    void linksLeadToWhatTheyName() {
        for (String method : methods) {
            page.locator("#list a[href='#" + method + "']").click();
            assertThat(page.locator("#" + method)).isInViewport();
        }
        show("#leaveGroup");
        page.reload();
        assertThat(page.locator("#leaveGroup")).isInViewport();
        assertThat(troubles).isEmpty();
        page.getByText("openapi.json").last().click();
        assertThat(page).hasURL(gateway.gateway().apiUrl() + "/openapi.json");
    }

    @Test
    void theKeyboardReachesEverything() {
        page.keyboard().press("Tab");
        assertThat(page.getByText("Skip to the methods")).isFocused();
        assertThat(page.getByText("Skip to the methods")).isInViewport();
        page.keyboard().press("Tab");
        assertThat(page.getByLabel("Find a method")).isFocused();
        page.keyboard().type("leaveGroups");
        page.keyboard().press("Tab");
        Locator link = page.locator("#list a[href='#leaveGroups']");
        assertThat(link).isFocused();
        page.keyboard().press("Enter");
        Locator errors = page.locator("#leaveGroups summary");
        for (int presses = 0; presses < 40 && !isFocused(errors); presses++) {
            page.keyboard().press("Tab");
        }
        page.keyboard().press("Enter");
        assertThat(page.locator("#leaveGroups details")).hasAttribute("open", "");
    }

    private static boolean isFocused(Locator locator) {
        return (boolean) locator.evaluate("element => element === document.activeElement");
    }

    @Test
    void aPhoneNeedNotScrollSideways() {
        context.close();
        open(new NewContextOptions().setViewportSize(PHONE_WIDTH, 812).setHasTouch(true));
        page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)");
        assertThat(page.evaluate("document.documentElement.scrollWidth")).isEqualTo(PHONE_WIDTH);
        assertThat((List<?>) page.evaluate(
                        "[...document.querySelectorAll('main .table')].filter(each => each.scrollWidth > each.clientWidth)"
                                + ".map(each => each.getAttribute('aria-label'))"))
                .isEmpty();

        page.getByLabel("Find a method").fill("qr");
        page.locator("#list a[href='#qr']").tap();
        assertThat(page.locator("#qr")).isInViewport();
        assertThat(troubles).isEmpty();
    }

    @Test
    void itIsLightOrDarkAsTheSystemIs() {
        for (Map.Entry<ColorScheme, String> scheme : Map.of(
                        ColorScheme.LIGHT, "rgb(255, 255, 255)", ColorScheme.DARK, "rgb(20, 23, 26)")
                .entrySet()) {
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme.getKey()));
            assertThat(page.locator("body")).hasCSS("background-color", scheme.getValue());
        }
    }

    @Test
    void theCurlToCopyWorks() throws IOException, InterruptedException {
        context.grantPermissions(List.of("clipboard-read", "clipboard-write"));
        Locator method = page.locator("#getStateInstance");
        method.getByText("Copy").click();
        assertThat(method.getByText("Copied")).isVisible();

        String copied = (String) page.evaluate("navigator.clipboard.readText()");
        assertThat(shell(copied)).isEqualTo("{\"stateInstance\":\"notAuthorized\"}");

        page.locator("#leaveGroup").getByText("Copy").click();
        assertThat(page.locator("#leaveGroup").getByText("Copied")).isVisible();
        copied = (String) page.evaluate("navigator.clipboard.readText()");
        assertThat(shell(copied)).contains("instance is starting or not authorized");
    }

    /** What a shell prints that knows the instance, as the page says. */
    private String shell(String command) throws IOException, InterruptedException {
        Path output = folder.resolve("output");
        ProcessBuilder builder = new ProcessBuilder("sh", "-c", command)
                .redirectOutput(output.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("idInstance", Long.toString(instance.id()));
        builder.environment().put("apiTokenInstance", instance.token());
        Process process = builder.start();
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).as("curl ends").isTrue();
        return Files.readString(output, StandardCharsets.UTF_8);
    }

    @Test
    void aDescriptionThatDoesNotComeIsTold() {
        page.route("**/openapi.json", route -> route.abort());
        page.reload();
        assertThat(page.locator("#message")).containsText("The description could not be loaded");
    }
}
