package io.greenfinch.interop.packages;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.interop.program.AppProcess;
import io.greenfinch.interop.program.Checkout;
import io.greenfinch.interop.program.Program;
import io.greenfinch.interop.service.SimulatorAdmin;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * Every package, made from a clone of this checkout and driven where it is installed. Needs root, debootstrap, buildah, helm and
 * systemd-analyze; {@code ./greenfinch test --long} brings them.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PackageChecks {

    private static final Duration BUILD = MadePackages.DEADLINE;
    private static final Duration DEADLINE = Duration.ofMinutes(1);

    private static final Path WORK = MadePackages.WORK;
    private static final String CHART =
            Checkout.folder().resolve("packaging/helm/greenfinch").toString();

    private final Shell shell = new Shell(WORK.resolve("logs"));
    private MadePackages made;
    private AppProcess simulatorProcess;
    private SimulatorAdmin simulator;
    private BareRoot root;

    @BeforeAll
    void make() throws IOException {
        MadePackages.need("debootstrap", "buildah", "systemd-analyze", "dpkg-deb", "helm", "git", "curl");
        made = MadePackages.ofThisCheckout(shell);
        root = BareRoot.make(WORK.resolve("root"), shell);
        simulatorProcess = AppProcess.simulator();
        simulator = new SimulatorAdmin(URI.create(simulatorProcess.value("Simulator")));
        simulator.createPerson("Anna");
        shell.run(
                DEADLINE,
                "curl",
                "-fsS",
                simulator.url().resolve("/admin/people").toString(),
                "-d",
                "{\"name\":\"Bob\",\"phone\":\"15550001002\"}");
    }

    @AfterAll
    void stop() {
        if (simulatorProcess != null) {
            simulatorProcess.close();
        }
    }

    @Test
    @Order(1)
    void theArchiveRunsWhereThereIsNoJava() throws IOException {
        Path archive = made.archive();
        report("archive", Files.size(archive) / 1024 / 1024 + " MiB");
        root.inside("tar", "-C", "/opt", "-xf", root.copy(archive));
        String home = root.inside("sh", "-c", "echo /opt/greenfinch-*").getFirst();
        InstalledGateway gateway = new InstalledGateway(
                shell,
                words -> root.as(
                        "root",
                        words.stream()
                                .map(word -> word.equals("greenfinch") ? home + "/bin/greenfinch" : word)
                                .toList()),
                "/opt/data");
        assertThat(gateway.words().apply(List.of("java"))).isNotEmpty();
        try (Program<String> serving = gateway.serve(simulator, Map.of())) {
            gateway.linksSendsAndLeaves(simulator);
            serving.terminate();
            assertThat(serving.awaitExit(DEADLINE)).isZero();
        }
        List<Long> answers = new ArrayList<>();
        for (int i = 0; i < 11; i++) {
            answers.add(firstAnswer(home, "/opt/start-" + i));
        }
        answers.sort(null);
        report("first answer of the archive, median of eleven on empty folders", answers.get(5) + " ms of " + answers);
    }

    /** From starting the launcher to the answer of {@code /health/live}. */
    private long firstAnswer(String home, String data) throws IOException {
        int port = 18_000 + (int) (System.nanoTime() % 2_000);
        List<String> words = root.as(
                "root",
                List.of(
                        home + "/bin/greenfinch",
                        "serve",
                        "--no-first-instance",
                        "--data",
                        data,
                        "--listen",
                        "127.0.0.1:" + port,
                        "--metrics-listen",
                        "127.0.0.1:0"));
        long begin = System.nanoTime();
        try (Program<String> serving = shell.start(Map.of(), words)) {
            while (!answers(port)) {
                assertThat(System.nanoTime() - begin).isLessThan(DEADLINE.toNanos());
            }
            long took = (System.nanoTime() - begin) / 1_000_000;
            serving.terminate();
            assertThat(serving.awaitExit(DEADLINE)).isZero();
            return took;
        }
    }

    private static boolean answers(int port) throws IOException {
        HttpURLConnection connection = (HttpURLConnection)
                URI.create("http://127.0.0.1:" + port + "/health/live").toURL().openConnection();
        try {
            return connection.getResponseCode() == 200;
        } catch (java.net.ConnectException e) {
            return false;
        } finally {
            connection.disconnect();
        }
    }

    @Test
    @Order(2)
    void theDebianPackageIsInstalledDrivenUpgradedAndRemoved() throws IOException {
        Path deb = made.deb();
        report("deb", Files.size(deb) / 1024 / 1024 + " MiB");
        root.inside("dpkg", "-i", root.copy(deb));
        assertThat(root.inside("greenfinch", "--version").getFirst()).startsWith("greenfinch ");
        InstalledGateway gateway =
                new InstalledGateway(shell, words -> root.as("greenfinch", words), "/var/lib/greenfinch");

        // systemd's side of readiness: a socket that is there before the process is.
        try (Program<String> manager = listen("/run/notify.sock");
                Program<String> serving = gateway.serve(simulator, Map.of("NOTIFY_SOCKET", "/run/notify.sock"))) {
            manager.await("READY=1", lines -> lines.filter("READY=1"::equals).findFirst(), DEADLINE);
            gateway.linksSendsAndLeaves(simulator);
            assertThat(root.inside("stat", "-c", "%U %a", "/var/lib/greenfinch").getFirst())
                    .isEqualTo("greenfinch 700");
            serving.terminate();
            assertThat(serving.awaitExit(DEADLINE)).isZero();
            manager.await(
                    "STOPPING=1", lines -> lines.filter("STOPPING=1"::equals).findFirst(), DEADLINE);
        }

        root.inside("dpkg", "-i", root.copy(newer(deb)));
        try (Program<String> serving = gateway.serve(simulator, Map.of())) {
            gateway.linksSendsAndLeaves(simulator); // linked as before
            serving.terminate();
            assertThat(serving.awaitExit(DEADLINE)).isZero();
        }

        root.inside("dpkg", "-r", "greenfinch");
        assertThat(root.folder().resolve("usr/lib/greenfinch")).doesNotExist();
        assertThat(root.folder().resolve("var/lib/greenfinch/greenfinch.db")).exists();
        root.inside("dpkg", "-P", "greenfinch");
        assertThat(root.folder().resolve("var/lib/greenfinch")).doesNotExist();
        assertThat(root.folder().resolve("etc/greenfinch")).doesNotExist();
    }

    /** A socket that anybody may write to, and what comes out of it, a line each. */
    private Program<String> listen(String socket) {
        String program = """
                import os, socket, sys
                path = sys.argv[1]
                if os.path.exists(path): os.remove(path)
                s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
                s.bind(path)
                os.chmod(path, 0o777)
                print("listening", flush=True)
                while True:
                    print(s.recv(4096).decode(), flush=True)
                """;
        Program<String> listening = shell.start(Map.of(), List.of("python3", "-c", program, root.folder() + socket));
        listening.await("it listens", lines -> lines.filter("listening"::equals).findFirst(), DEADLINE);
        return listening;
    }

    /** The same package with a higher number. */
    private Path newer(Path deb) throws IOException {
        Path tree = WORK.resolve("newer");
        shell.run(DEADLINE, "rm", "-rf", tree.toString());
        shell.run(DEADLINE, "dpkg-deb", "-R", deb.toString(), tree.toString());
        Path control = tree.resolve("DEBIAN/control");
        Files.writeString(control, Files.readString(control).replaceFirst("(?m)^Version: .*$", "Version: 99.0"));
        Path newer = WORK.resolve("greenfinch_99.0.deb");
        shell.run(
                BUILD, "dpkg-deb", "--root-owner-group", "-Zgzip", "-z1", "--build", tree.toString(), newer.toString());
        return newer;
    }

    @Test
    @Order(3)
    void theUnitIsInOrderAndLetsItDoLittle() {
        Path unit = Checkout.folder().resolve("packaging/greenfinch.service");
        // In its place, where the program that it starts is.
        root.inside("mkdir", "-p", "/usr/lib/systemd/system", "/usr/bin");
        List<String> complaints = shell.run(
                DEADLINE,
                "sh",
                "-c",
                "systemd-analyze verify --man=no '" + unit + "' 2>&1 | grep -v 'is not executable' || true");
        assertThat(complaints).isEmpty();
        String exposure = shell.run(
                        DEADLINE, "systemd-analyze", "security", "--offline=true", "--no-pager", unit.toString())
                .getLast();
        report("exposure of the unit", exposure.replaceAll("[^0-9.A-Z]+", " ").strip());
        assertThat(exposure).containsPattern("exposure level.*: [0-2]\\.[0-9] OK");
    }

    @Test
    @Order(4)
    void theImageIsMadeAndRuns() throws IOException {
        String base = "localhost/greenfinch-base:test";
        Path tar = WORK.resolve("base.tar");
        shell.run(
                BUILD,
                "tar",
                "-C",
                root.folder().toString(),
                "--exclude=./proc/*",
                "--exclude=./sys/*",
                "--exclude=./dev/*",
                "--exclude=./opt/*",
                "--exclude=./tmp/*",
                "-cf",
                tar.toString(),
                ".");
        String scratch = shell.run(DEADLINE, "buildah", "from", "scratch").getLast();
        shell.run(BUILD, "buildah", "add", "-q", scratch, tar.toString(), "/");
        shell.run(BUILD, "buildah", "commit", "-q", "--rm", scratch, base);
        shell.run(
                BUILD,
                Map.of("BASE", base, "BUILDAH_ISOLATION", "chroot"),
                List.of(made.checkout().resolve("greenfinch").toString(), "package", "image"));
        String image = shell.run(DEADLINE, "buildah", "images", "--format", "{{.Name}}:{{.Tag}}").stream()
                .filter(name -> name.contains("/greenfinch:"))
                .findFirst()
                .orElseThrow();
        String container = shell.run(BUILD, "buildah", "from", image).getLast();
        try {
            InstalledGateway gateway = new InstalledGateway(
                    shell,
                    words -> Stream.concat(
                                    Stream.of(
                                            "buildah",
                                            "run",
                                            "--isolation",
                                            "chroot",
                                            "--network",
                                            "host",
                                            container,
                                            "--"),
                                    words.stream())
                            .toList(),
                    "/var/lib/greenfinch");
            assertThat(shell.run(DEADLINE, "buildah", "run", "--isolation", "chroot", container, "--", "id", "-u"))
                    .containsExactly("10001");
            try (Program<String> serving = gateway.serve(simulator, Map.of())) {
                gateway.linksSendsAndLeaves(simulator);
                serving.terminate();
                serving.awaitExit(DEADLINE);
            }
        } finally {
            shell.run(DEADLINE, "buildah", "rm", container);
        }
    }

    @Test
    @Order(5)
    void theChartIsInOrderHoweverItIsFilled() {
        shell.run(DEADLINE, "helm", "lint", "--strict", CHART);
        assertThat(rendered("greenfinch"))
                .contains("kind: StatefulSet", "replicas: 1", "runAsNonRoot: true", "readOnlyRootFilesystem: true")
                .contains("enableServiceLinks: false")
                .doesNotContain("kind: Ingress", "kind: Secret", "PARTNER_TOKEN");
        String full = rendered(
                "wa",
                "--set",
                "ingress.enabled=true,ingress.host=wa.example.org,ingress.tlsSecret=tls",
                "--set",
                "partnerToken=" + "x".repeat(40),
                "--set",
                "settings.HISTORY=90d");
        assertThat(full)
                .contains("kind: Ingress", "kind: Secret", "GREENFINCH_PARTNER_TOKEN", "name: GREENFINCH_HISTORY")
                .contains("value: \"https://wa.example.org\"");
        shell.fails(DEADLINE, template("wa", "--set", "partnerToken=short"));
        shell.fails(DEADLINE, template("wa", "--set", "ingress.enabled=true"));
        shell.fails(DEADLINE, template("wa", "--set", "misspelt=1"));
    }

    private String rendered(String release, String... more) {
        return String.join("\n", shell.run(DEADLINE, template(release, more)));
    }

    /** A helm that was built from its sources takes Kubernetes for an old one. */
    private static String[] template(String release, String... more) {
        return Stream.concat(
                        Stream.of("helm", "template", release, CHART, "--kube-version", "1.30.0"), Arrays.stream(more))
                .toArray(String[]::new);
    }

    @Test
    @Order(6)
    void theSameSourcesMakeTheSamePackage() throws IOException {
        MadePackages again =
                MadePackages.make(shell, WORK.resolve("a clone elsewhere"), WORK.resolve("made-again"), "archive");
        assertThat(sums(again.archive())).hasSizeGreaterThan(60).isEqualTo(sums(made.archive()));
    }

    /** Checksum and name of each file, but of those that a run makes: the start-up archive, and a database that knows when. */
    private List<String> sums(Path archive) throws IOException {
        Path folder = WORK.resolve("unpacked");
        shell.run(DEADLINE, "rm", "-rf", folder.toString());
        shell.run(DEADLINE, "tar", "-C", Files.createDirectories(folder).toString(), "-xf", archive.toString());
        return shell.run(
                DEADLINE,
                "sh",
                "-c",
                "cd '" + folder
                        + "' && find . -type f ! -name start.aot ! -name empty.db | LC_ALL=C sort | xargs -d '\\n' sha256sum");
    }

    private static void report(String what, Object figure) {
        System.out.println("packages: " + what + ": " + figure);
    }
}
