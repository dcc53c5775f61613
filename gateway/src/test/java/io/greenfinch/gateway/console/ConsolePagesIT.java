package io.greenfinch.gateway.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.greenfinch.gateway.Gateway;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every page of the console, at two widths and in both languages, with hostile texts on it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConsolePagesIT {

    private static final int DESKTOP = 1280;
    private static final int PHONE = 375;
    private static final Path SHOTS = Path.of("target", "screenshots");

    private static final String HOSTILE = "<img src=x onerror=alert(1)>'\"&lt;${1}</script>";

    /** A key that has no words shows itself. */
    private static final Pattern KEY = Pattern.compile(
            "\\b(nav|login|instances|state|link|access|token|actions|reboot|logout|delete|past|settings|setting|groups"
                    + "|group|role|left|chats|chat|send|status|events|event|queue|node|phones|reason|cause)\\.[a-z]");

    @TempDir
    private static Path folder;

    private Scenery scenery;
    private Gateway.NewInstance linked;
    private Gateway.NewInstance unlinked;
    private String group;

    @BeforeAll
    void open() {
        scenery = new Scenery(folder);
        scenery.world.person("Anna", "15550001001");
        scenery.world.person("Bob", "15550001002");
        linked = scenery.gateway.link(scenery.world, "Anna");
        unlinked = scenery.gateway.gateway().createInstance(HOSTILE);
        group = scenery.world.group("x".repeat(90), "Bob", "Anna", "");
        scenery.world.says("Bob", "Anna", HOSTILE + "\u202e" + "y".repeat(300));
    }

    @AfterAll
    void close() {
        if (scenery != null) {
            scenery.close();
        }
    }

    private List<String> pages() {
        String own = "/instances/" + linked.id();
        return List.of(
                "/instances",
                own,
                "/instances/" + unlinked.id(),
                own + "/chats",
                own + "/chats/15550001002@c.us",
                own + "/groups",
                own + "/groups/" + group,
                own + "/events",
                own + "/queue",
                own + "/settings",
                "/node",
                "/phones",
                "/nowhere");
    }

    static Stream<Arguments> ways() {
        return Stream.of(DESKTOP, PHONE)
                .flatMap(width -> Stream.of("en", "ru").map(language -> Arguments.of(width, language)));
    }

    @ParameterizedTest
    @MethodSource("ways")
    void nothingGoesWrongOnAnyPage(int width, String language) throws IOException {
        scenery.troubles.clear();
        Page page = scenery.window(width, language);
        page.navigate(scenery.url(""));
        look(page, "login", width, language);
        page.context().close();
        page = scenery.login(width, language);
        int number = 0;
        for (String path : pages()) {
            page.navigate(scenery.url(path));
            look(page, "%02d%s".formatted(number++, path.replaceAll("[0-9]{5,}|[^a-z]+", "-")), width, language);
        }
        page.context().close();
        assertThat(scenery.troubles).isEmpty();
    }

    private static void look(Page page, String name, int width, String language) throws IOException {
        assertThat(page.locator("html")).hasAttribute("lang", language);
        if (page.locator("#charts").count() > 0) {
            assertThat(page.locator("#charts canvas")).hasCount(3);
        }
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(SHOTS.resolve("%s-%d-%s.png".formatted(name, width, language)))
                .setFullPage(true));
        assertThat(page.evaluate("document.documentElement.scrollWidth"))
                .as("%s scrolls sideways", name)
                .isEqualTo(width);
        assertThat(KEY.matcher(page.locator("body").innerText()).results().map(found -> found.group()))
                .as("%s has keys without words", name)
                .isEmpty();
        page.evaluate(axe());
        List<?> violations = (List<?>) page.evaluate("axe.run(document, {resultTypes: ['violations']}).then(result => "
                + "result.violations.map(each => each.id + ': ' + each.nodes.map(node => node.html).join(' | ')))");
        assertThat(violations).as("%s at %d in %s", name, width, language).isEmpty();
    }

    private static String axe() throws IOException {
        try (InputStream in = ConsolePagesIT.class.getResourceAsStream("/axe.min.js")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void hostileTextsAreShownAsTheyAre() {
        scenery.troubles.clear();
        Page page = scenery.login(DESKTOP, "en");
        assertThat(page.locator("tbody")).containsText(HOSTILE);
        page.navigate(scenery.url("/instances/" + linked.id() + "/chats/15550001002@c.us"));
        assertThat(page.locator("#messages")).containsText(HOSTILE);
        page.navigate(scenery.url("/instances/" + linked.id() + "/events"));
        assertThat(page.locator("#events")).containsText(HOSTILE);
        page.navigate(scenery.url("/phones"));
        assertThat(page.locator("#phones")).not().isEmpty();
        page.navigate(scenery.url("/instances?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E"));
        assertThat(page.locator("input[name=q]")).hasValue("\"><script>alert(1)</script>");
        page.context().close();
        assertThat(scenery.troubles).isEmpty();
    }

    @Test
    void isLightOrDarkAsTheSystemIs() {
        Page page = scenery.window(DESKTOP, "en");
        page.navigate(scenery.url(""));
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
        assertThat(page.locator("html")).hasCSS("background-color", "rgb(255, 255, 255)");
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        assertThat(page.locator("html")).not().hasCSS("background-color", "rgb(255, 255, 255)");
        page.context().close();
    }

    @Test
    void speaksTheLanguageThatIsChosen() {
        Page page = scenery.login(DESKTOP, "en");
        page.getByText("Русский").click();
        assertThat(page.locator("h1")).hasText("Инстансы");
        page.getByText("English").click();
        assertThat(page.locator("h1")).hasText("Instances");
        page.context().close();
    }
}
