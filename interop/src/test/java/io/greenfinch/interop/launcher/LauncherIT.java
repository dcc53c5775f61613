package io.greenfinch.interop.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.greenfinch.interop.program.Checkout;
import io.greenfinch.interop.program.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The script that starts everything, with a Maven that only notes its calls. */
class LauncherIT {
    private static final Duration DEADLINE = Duration.ofSeconds(30);
    private static final Duration REHEARSAL = Duration.ofMinutes(2);

    private Path temporary;
    private FakeCheckout checkout;
    private FakeJdks jdks;

    @BeforeEach
    void checkOut() throws IOException {
        // Not a @TempDir: JUnit warns of each link that it finds in one.
        Path folder = Files.createDirectories(Checkout.folder().resolve("interop/target/launcher"));
        temporary = Files.createTempDirectory(folder, "test-");
        checkout = new FakeCheckout(temporary);
        jdks = new FakeJdks(temporary);
    }

    @Test
    void buildsOnceAndThenBecomesTheApp() throws IOException {
        try (Program<String> first = run("--version")) {
            assertThat(first.awaitExit(DEADLINE)).isZero();
            assertThat(first.outputToItsEnd(DEADLINE)).first().asString().containsPattern("\\d+\\.\\d+\\.\\d+");
            assertThat(first.errors()).contains("building for the first time");
        }
        try (Program<String> second = run("--version")) {
            assertThat(second.awaitExit(DEADLINE)).isZero();
            assertThat(second.errors()).isEmpty();
        }
        assertThat(checkout.builds())
                .singleElement()
                .asString()
                .startsWith("mvn ")
                .endsWith("package");
    }

    @Test
    void handsOnTheExitCodeOfTheApp() {
        try (Program<String> app = run("no-such-command")) {
            assertThat(app.awaitExit(DEADLINE)).isEqualTo(2);
        }
    }

    @Test
    void hasJavaOptionsTakenFromTheEnvironment() {
        Map<String, String> environment = Map.of("GREENFINCH_JAVA_OPTS", "-Xmx111m -XshowSettings:vm");

        try (Program<String> app = checkout.run(checkout.script(), environment, "--version")) {
            assertThat(app.awaitExit(DEADLINE)).isZero();
            assertThat(app.errors()).contains("111.00M");
        }
    }

    @Test
    void startsThroughALinkFromAnyFolder() throws IOException {
        Path link = Files.createSymbolicLink(temporary.resolve("gf"), Path.of("a checkout/greenfinch"));

        try (Program<String> app = checkout.run(link, Map.of(), "--version")) {
            assertThat(app.awaitExit(DEADLINE)).isZero();
        }
    }

    @Test
    void buildsAgainWhenASourceChanges() throws IOException {
        runToTheEnd();
        awaitTimestampAfter(checkout.folder().resolve("app/target/greenfinch/built"));
        checkout.write("app/src/main/java/Main.java", "class Main { int x; }");

        runToTheEnd();

        assertThat(checkout.builds()).hasSize(2);
    }

    @Test
    void buildsAgainWhenASourceIsDeleted() throws IOException {
        checkout.write("client/src/main/java/Old.java", "class Old {}");
        runToTheEnd();
        awaitTimestampAfter(checkout.folder().resolve("app/target/greenfinch/built"));
        Files.delete(checkout.folder().resolve("client/src/main/java/Old.java"));

        runToTheEnd();

        assertThat(checkout.builds()).hasSize(2);
    }

    @Test
    void buildsAgainWhenASourceChangedDuringTheBuild() throws IOException {
        checkout.mavenDoes("sleep 0.1; touch app/src/main/java/Main.java");
        runToTheEnd();
        checkout.mavenDoes("true");

        runToTheEnd();

        assertThat(checkout.builds()).hasSize(2);
    }

    @Test
    void buildsOnceForTwoThatStartTogether() throws IOException {
        checkout.mavenDoes("until [ -e go ]; do sleep 0.05; done");
        try (Program<String> first = run("--version");
                Program<String> second = run("--version")) {
            await().atMost(DEADLINE).until(() -> (first.errors() + second.errors()).contains("another build"));
            checkout.write("go", "");

            assertThat(first.awaitExit(DEADLINE)).isZero();
            assertThat(second.awaitExit(DEADLINE)).isZero();
        }
        assertThat(checkout.builds()).hasSize(1);
    }

    @Test
    void startsNothingWhenTheBuildFails() throws IOException {
        checkout.mavenDoes("false");
        try (Program<String> app = run("--version")) {
            assertThat(app.awaitExit(DEADLINE)).isEqualTo(1);
            assertThat(app.errors()).contains("the build failed");
            assertThat(app.outputToItsEnd(DEADLINE)).isEmpty();
        }
    }

    @Test
    void usesTheCommittedWrapperWhereMavenIsMissing() throws IOException {
        checkout.uninstall("mvn");

        runToTheEnd();

        assertThat(checkout.builds()).singleElement().asString().startsWith("mvnw ");
    }

    @Test
    void passesOverAJavaHomeOfAnotherVersion() throws IOException {
        Path old = jdks.ofVersion("17.0.15");
        checkout.install("java", "exec '%s/bin/java' \"$@\"".formatted(System.getProperty("java.home")));

        try (Program<String> app = checkout.run(checkout.script(), Map.of("JAVA_HOME", old.toString()), "--version")) {
            assertThat(app.awaitExit(DEADLINE)).isZero();
        }
        assertThat(checkout.javaHomeOfBuild()).isNotEqualTo(old);
        assertThat(Files.readString(checkout.javaHomeOfBuild().resolve("release")))
                .contains("JAVA_VERSION=\"25");
    }

    @Test
    void saysWhatToDoWhereThereIsNoJdk25() throws IOException {
        String script = Files.readString(checkout.script());
        Files.writeString(checkout.script(), script.replace("/usr/lib/jvm", "/nonexistent"));
        Map<String, String> environment = Map.of(
                "JAVA_HOME",
                jdks.ofVersion("21.0.1").toString(),
                "HOME",
                temporary.toString(),
                "SDKMAN_DIR",
                "/nonexistent");

        try (Program<String> app = checkout.run(checkout.script(), environment, "--version")) {
            assertThat(app.awaitExit(DEADLINE)).isEqualTo(1);
            assertThat(app.errors()).contains("no JDK 25").contains("JAVA_HOME").contains("adoptium.net");
        }
    }

    @Test
    void rehearsesOnceAndThenStartsWithWhatTheJvmNoted() throws IOException {
        runToTheEnd();
        checkout.unrehearse();

        try (Program<String> rehearsing = run("--version")) {
            assertThat(rehearsing.awaitExit(REHEARSAL)).isZero();
            assertThat(rehearsing.errors()).contains("rehearsing the start").doesNotContain("failed");
            assertThat(rehearsing.outputToItsEnd(DEADLINE)).hasSize(1);
        }
        assertThat(checkout.distribution()).isDirectoryContaining("glob:**/start.aot");
        assertThat(checkout.distribution()).isDirectoryNotContaining("glob:**/rehearsal.[0-9]*");
        Map<String, String> environment = Map.of("GREENFINCH_JAVA_OPTS", "-Xlog:class+load");
        try (Program<String> app = checkout.run(checkout.script(), environment, "--version")) {
            assertThat(app.awaitExit(DEADLINE)).isZero();
            assertThat(app.errors()).isEmpty();
            assertThat(app.outputToItsEnd(DEADLINE))
                    .anyMatch(line -> line.contains("io.greenfinch.gateway.Gateway source: shared objects file"));
        }
    }

    @Test
    void startsInSilenceWhenTheArchiveIsBroken() throws IOException {
        runToTheEnd();
        Path archive = checkout.distribution().resolve("start.aot");
        byte[] whole = Files.readAllBytes(archive);
        Files.delete(archive); // a link
        for (byte[] broken :
                List.of(new byte[0], "no archive".getBytes(UTF_8), Arrays.copyOf(whole, whole.length / 2))) {
            Files.write(archive, broken);
            startsInSilence();
        }
    }

    @Test
    void aRehearsalThatFailsIsToldOnceAndStopsNothing() throws IOException {
        runToTheEnd();
        checkout.unrehearse();
        Map<String, String> environment =
                Map.of("JAVA_HOME", jdks.withoutRehearsals().toString());

        try (Program<String> app = checkout.run(checkout.script(), environment, "--version")) {
            assertThat(app.awaitExit(DEADLINE)).isZero();
            assertThat(app.errors()).contains("the rehearsal failed");
        }
        try (Program<String> app = checkout.run(checkout.script(), environment, "--version")) {
            assertThat(app.awaitExit(DEADLINE)).isZero();
            assertThat(app.errors()).isEmpty();
        }
    }

    @Test
    void testsWithoutInteropWhereNodeAndGoAreMissing() throws IOException {
        try (Program<String> tests = run("test", "-pl", "client")) {
            assertThat(tests.awaitExit(DEADLINE)).isZero();
            assertThat(tests.errors())
                    .contains("INTEROP TESTS WITH Baileys ARE SKIPPED")
                    .contains("INTEROP TESTS WITH whatsmeow ARE SKIPPED");
        }
        assertThat(checkout.builds()).singleElement().asString().endsWith("verify -pl client");
    }

    @Test
    void testsForLongWhatIsNamedInThePomOfInterop() throws IOException {
        checkout.write("interop/pom.xml", "<id>long-one</id>\n<id>format</id>\n  <id>long-other</id>\n");
        try (Program<String> tests = run("test", "-pl", "client", "--long")) {
            assertThat(tests.awaitExit(DEADLINE)).isZero();
            assertThat(tests.errors())
                    .contains("after the normal run, for two or three hours: one other")
                    .doesNotContain("format");
        }
        assertThat(checkout.builds()).singleElement().asString().endsWith("verify -Plong-one,long-other -pl client");
    }

    @Test
    void testsForLongOnePartAlone() throws IOException {
        checkout.write("interop/pom.xml", "<id>long-one</id>\n<id>format</id>\n  <id>long-other</id>\n");
        try (Program<String> tests = run("test", "--long=other")) {
            assertThat(tests.awaitExit(DEADLINE)).isZero();
        }
        assertThat(checkout.builds())
                .singleElement()
                .asString()
                .endsWith("verify -Plong-other -pl interop -am -Dtest=None -Dit.test=None");
        try (Program<String> tests = run("test", "--long=format")) {
            assertThat(tests.awaitExit(DEADLINE)).isEqualTo(1);
            assertThat(tests.errors()).contains("--long=format: there are one other");
        }
        assertThat(checkout.builds()).hasSize(1);
    }

    @Test
    void failsInCiWhereNodeIsMissing() throws IOException {
        try (Program<String> tests = checkout.run(checkout.script(), Map.of("CI", "true"), "test")) {
            assertThat(tests.awaitExit(DEADLINE)).isEqualTo(1);
            assertThat(tests.errors()).contains("node is missing");
        }
        assertThat(checkout.builds()).isEmpty();
    }

    @Test
    void helpOfTheScriptsOwnCommandsDoesNothingElse() throws IOException {
        runToTheEnd();
        Files.writeString(checkout.distribution().resolve("kept"), "");
        for (String[] call : new String[][] {
            {"test", "--help"},
            {"test", "-pl", "client", "--help"},
            {"test", "-h"},
            {"help", "test"},
            {"bench", "--help"},
            {"bench", "load", "--help"},
            {"help", "bench"}
        }) {
            try (Program<String> help = run(call)) {
                assertThat(help.awaitExit(DEADLINE)).isZero();
                assertThat(help.outputToItsEnd(DEADLINE))
                        .first()
                        .asString()
                        .startsWith("usage: greenfinch " + (List.of(call).contains("test") ? "test" : "bench"));
                assertThat(help.errors()).isEmpty();
            }
        }
        assertThat(checkout.builds()).hasSize(1);
        assertThat(checkout.distribution().resolve("kept")).exists();
    }

    @Test
    void saysEachMinuteThatItIsStillBuilding() throws IOException {
        checkout.mavenDoes("until [ -e go ]; do /bin/sleep 0.05; done");
        checkout.uninstall("sleep");
        checkout.install("sleep", "exec /bin/sleep 0.1");
        try (Program<String> app = run("--version")) {
            await().atMost(DEADLINE).until(() -> app.errors().contains("still building, for 2 min now"));
            checkout.write("go", "");
            assertThat(app.awaitExit(DEADLINE)).isZero();
            assertThat(app.errors().lines().toList().getLast()).contains("still building");
        }
    }

    @Test
    void installsWhatTheTestsLackWhereNobodyCanBeAskedAndItIsWanted() throws IOException {
        checkout.hasApt("node", "npm", "golang", "go", "chromium", "curl", "python3");
        checkout.install("go", "echo go version go99.1");
        checkout.write("interop/baileys/package-lock.json", "{}");
        checkout.write("interop/baileys/node_modules/.fetched", "{}");
        checkout.write("gateway/src/test/moto/requirements.txt", "");
        checkout.write("interop/target/moto/.fetched", "");
        checkout.write("interop/whatsmeow/go.mod", "");
        try (Program<String> tests = run("test", "--yes", "-pl", "client")) {
            assertThat(tests.awaitExit(DEADLINE)).as(tests.errors()).isZero();
            assertThat(tests.errors()).doesNotContain("SKIPPED");
        }
        assertThat(checkout.apt()).first().asString().contains("update");
        assertThat(checkout.apt())
                .anyMatch(call -> call.endsWith(" nodejs npm"))
                .anyMatch(call -> call.endsWith(" chromium"))
                .anyMatch(call -> call.endsWith(" curl"))
                .anyMatch(call -> call.endsWith(" python3"))
                .noneMatch(call -> call.contains("golang"));
        assertThat(checkout.builds()).singleElement().asString().endsWith("verify -pl client");
    }

    @Test
    void installsNothingUnasked() throws IOException {
        checkout.hasApt("chromium");
        try (Program<String> tests = run("test")) {
            assertThat(tests.awaitExit(DEADLINE)).isZero();
            assertThat(tests.errors())
                    .contains("missing here: Node.js, Go, Chromium, curl, python3, Python's requests, Python's venv")
                    .contains("--yes")
                    .contains("TESTS OF PAGES ARE SKIPPED");
        }
        assertThat(checkout.apt()).isEmpty();
    }

    @Test
    void saysForEachToolWhatToInstallWhereThereIsNoApt() {
        try (Program<String> tests = run("test", "--yes")) {
            assertThat(tests.awaitExit(DEADLINE)).isZero();
            assertThat(tests.errors())
                    .contains(
                            "nodejs.org",
                            "go.dev",
                            "Chromium or Google Chrome",
                            "pip install requests",
                            "curl is missing");
        }
    }

    @Test
    void installsAJdkWhereCiIsSet() throws IOException {
        checkout.hasApt();
        String script = Files.readString(checkout.script());
        Files.writeString(checkout.script(), script.replace("/usr/lib/jvm", temporary + "/jvm"));
        Files.createDirectory(temporary.resolve("jvm"));
        checkout.install("apt-get", """
                printf '%%s\\n' "$*" >>'%s/apt'
                case $* in *install*) ln -sfn '%s' '%s/jvm/jdk' ;; esac""".formatted(checkout.folder(), System.getProperty("java.home"), temporary));
        Map<String, String> environment =
                Map.of("JAVA_HOME", "", "HOME", temporary.toString(), "SDKMAN_DIR", "/nonexistent", "CI", "true");

        try (Program<String> app = checkout.run(checkout.script(), environment, "--version")) {
            assertThat(app.awaitExit(DEADLINE)).as(app.errors()).isZero();
        }
        assertThat(checkout.apt()).last().asString().endsWith(" openjdk-25-jdk-headless");
    }

    @Test
    void failsWhenTheTestsFail() throws IOException {
        checkout.mavenDoes("false");
        try (Program<String> tests = run("test")) {
            assertThat(tests.awaitExit(DEADLINE)).isEqualTo(1);
        }
    }

    private Program<String> run(String... arguments) {
        return checkout.run(checkout.script(), Map.of(), arguments);
    }

    private void runToTheEnd() {
        try (Program<String> app = run("--version")) {
            assertThat(app.awaitExit(DEADLINE)).isZero();
        }
    }

    private void startsInSilence() {
        try (Program<String> app = run("--version")) {
            assertThat(app.awaitExit(DEADLINE)).isZero();
            assertThat(app.errors()).isEmpty();
            assertThat(app.outputToItsEnd(DEADLINE)).hasSize(1);
        }
    }

    /** Waits until a file written now is newer than another, on a file system of whatever grain. */
    private void awaitTimestampAfter(Path file) {
        await().atMost(DEADLINE).until(() -> {
            Path probe = Files.writeString(temporary.resolve("probe"), "");
            return Files.getLastModifiedTime(probe).compareTo(Files.getLastModifiedTime(file)) > 0;
        });
    }
}
