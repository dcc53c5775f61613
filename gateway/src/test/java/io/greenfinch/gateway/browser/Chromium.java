package io.greenfinch.gateway.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/**
 * The Chromium of this machine, without a window. Where there is none, tests are skipped with one loud line, and fail when
 * {@code CI} is set. Not thread-safe, as Playwright is not.
 */
public final class Chromium implements AutoCloseable {

    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome");

    private final Playwright playwright;
    private final Browser browser;

    private Chromium(Path executable) {
        // Playwright's own browsers are not fetched.
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(executable)
                        // Tests may run as root, for whom Chromium has no sandbox; they show only pages of ours.
                        .setArgs(List.of("--no-sandbox", "--disable-dev-shm-usage")));
    }

    public static Chromium start() {
        Optional<Path> executable = executable();
        if (executable.isEmpty()) {
            String why = "!!! TESTS WITH A BROWSER ARE SKIPPED: none of " + NAMES + " is on PATH !!!";
            String ci = System.getenv("CI");
            if (ci != null && !ci.isEmpty()) {
                throw new AssertionError("with CI set nothing is skipped, but none of " + NAMES + " is on PATH");
            }
            System.err.println(why);
            Assumptions.abort(why);
        }
        return new Chromium(executable.orElseThrow());
    }

    private static Optional<Path> executable() {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return NAMES.stream()
                .flatMap(name -> Arrays.stream(path.split(File.pathSeparator)).map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** A window of its own, with nothing remembered. */
    public BrowserContext context(Browser.NewContextOptions options) {
        return browser.newContext(options);
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
