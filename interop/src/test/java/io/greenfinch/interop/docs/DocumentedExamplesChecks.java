package io.greenfinch.interop.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.greenfinch.gateway.docs.ServedContract;
import io.greenfinch.interop.docs.Example.Language;
import io.greenfinch.interop.program.Machine;
import io.greenfinch.interop.service.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** The examples of the pages about methods, in a sandbox of the built app: each succeeds, and is answered as the page shows. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DocumentedExamplesChecks {
    private static final Duration ARRIVAL = Duration.ofSeconds(15);

    /** In such an order that none takes from the next what it needs: the last ones leave a group, and unlink the account. */
    private static final List<String> PAGES = List.of(
            "sending",
            "files",
            "journals",
            "chats",
            "statuses",
            "groups",
            "events",
            "webhooks",
            "notifications",
            "partner",
            "leave-group",
            "account");

    /** Methods that no command can show: they stay open, or speak WebSocket. */
    private static final Set<String> WITHOUT_END = Set.of("events", "scanqrcode");

    private static final Pattern METHOD = Pattern.compile("(?:\\$A|\\$URL/partner)/(\\w+)/");
    private static final Pattern SERVED = Pattern.compile("/(\\w+)/\\{(?:apiTokenInstance|partnerToken)}.*");

    private final Map<Language, Boolean> possible = new EnumMap<>(Language.class);
    private Sandbox sandbox;
    private ExampleShell shell;

    @BeforeAll
    void start(@TempDir Path data) throws IOException {
        sandbox = Sandbox.start(data.resolve("sandbox"), "--min-send-delay", "0");
        ServedContract.renew(sandbox.gateway().apiUrl());
        sandbox.gateway().post("setSettings", Map.of("delaySendMessagesMilliseconds", 0));
        String url = sandbox.gateway().apiUrl().toString();
        shell = new ExampleShell(
                Files.createDirectories(data.resolve("shell")),
                Map.of(
                        "URL", url,
                        "A", url + "/waInstance" + sandbox.gateway().idInstance(),
                        "T", sandbox.gateway().apiTokenInstance(),
                        "P", sandbox.partnerToken(),
                        "S", sandbox.simulator().url().toString(),
                        "G", sandbox.group("Team").id()));
    }

    @AfterAll
    void stop() {
        sandbox.close();
    }

    @TestFactory
    Stream<DynamicContainer> examplesDoWhatThePagesSay() {
        return PAGES.stream()
                .map(page -> DynamicContainer.dynamicContainer(
                        page,
                        Example.of(page).stream()
                                .map(each -> DynamicTest.dynamicTest(each.toString(), () -> tryOut(each)))));
    }

    @Test
    void everyPageWithExamplesIsTriedAndHasThemInEachLanguage() {
        assertThat(PAGES).containsExactlyInAnyOrderElementsOf(Example.pages());
        assertThat(PAGES)
                .allSatisfy(page -> assertThat(Example.of(page))
                        .extracting(Example::language)
                        .contains(Language.PYTHON, Language.JAVA, Language.JS));
    }

    @Test
    void everyMethodHasACommand() {
        Set<String> shown = PAGES.stream()
                .flatMap(page -> Example.of(page).stream())
                .filter(example -> example.language() == Language.SH)
                .flatMap(example -> METHOD.matcher(example.text()).results())
                .map(found -> found.group(1))
                .collect(Collectors.toSet());
        String description = String.join("\n", shell.run("curl $URL/openapi.json"));
        Set<String> served = new JsonMapper()
                .readTree(description)
                .get("paths")
                .propertyStream()
                .flatMap(path -> SERVED.matcher(path.getKey()).results())
                .map((MatchResult found) -> found.group(1))
                .filter(method -> !WITHOUT_END.contains(method))
                .collect(Collectors.toSet());

        assertThat(shown).containsExactlyInAnyOrderElementsOf(served);
    }

    private void tryOut(Example example) {
        boolean there = possible.computeIfAbsent(example.language(), language -> shell.succeeds(language.need));
        assumeTrue(there || Machine.isCi(), "the script has said what is missing");

        if (example.answer().isEmpty()) {
            List<String> printed = shell.run(example);
            assertThat(example.language() == Language.SH || !printed.isEmpty())
                    .as("%s printed something", example)
                    .isTrue();
            return;
        }
        // What phones do arrives a moment later.
        await().atMost(ARRIVAL)
                .pollDelay(Duration.ZERO)
                .untilAsserted(() -> assertThat(AnswerForm.differences(
                                example.answer().get(), shell.run(example).getLast()))
                        .isEmpty());
    }
}
