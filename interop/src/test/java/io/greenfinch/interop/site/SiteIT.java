package io.greenfinch.interop.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.greenfinch.interop.program.Checkout;
import io.greenfinch.interop.program.Machine;
import io.greenfinch.interop.program.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The site is built of the docs as they stand, and no link of theirs leads nowhere. */
class SiteIT {

    private static final Duration DEADLINE = Duration.ofMinutes(5);

    @TempDir
    private Path folder;

    @BeforeEach
    void needPython() {
        boolean possible = run(List.of("python3", "-c", "import venv, ensurepip")) == 0;
        assumeTrue(possible || Machine.isCi(), "the script has said that Python's venv is missing");
        assertThat(possible).isTrue();
    }

    @Test
    void everyLinkLeadsSomewhere() throws IOException {
        Path checkout = Checkout.folder();
        assertThat(run(List.of(checkout.resolve("site/build.sh").toString())))
                .as(errors())
                .isZero();
        assertThat(checkout.resolve("target/site/html/docs/leave-group.html"))
                .content()
                .contains("leaveGroup");

        // The same with a link to nowhere, so that it is known that this would be seen.
        Path copy = folder.resolve("copy");
        for (String part : List.of("site", "docs")) {
            assertThat(run(List.of(
                            "cp",
                            "-R",
                            checkout.resolve(part).toString(),
                            made(copy).toString())))
                    .isZero();
        }
        assertThat(run(List.of(
                        "sh",
                        "-c",
                        "cp '" + checkout + "'/*.md '" + checkout + "/LICENSE' '" + checkout + "/NOTICE' '" + copy
                                + "'")))
                .isZero();
        Files.createSymbolicLink(
                made(copy.resolve("target/site")).resolve("venv"), checkout.resolve("target/site/venv"));
        Files.writeString(copy.resolve("docs/backup.md"), "[broken](nowhere.md)\n", StandardOpenOption.APPEND);
        assertThat(run(List.of(copy.resolve("site/build.sh").toString()))).isNotZero();
        assertThat(errors()).contains("nowhere.md");
    }

    private static Path made(Path folder) throws IOException {
        return Files.createDirectories(folder);
    }

    private int run(List<String> command) {
        try (Program<String> program = Program.start(command, Map.of(), folder.resolve("errors"), line -> line)) {
            return program.awaitExit(DEADLINE);
        }
    }

    private String errors() throws IOException {
        return Files.readString(folder.resolve("errors"));
    }
}
