package io.greenfinch.interop.launcher;

import io.greenfinch.interop.program.Checkout;
import io.greenfinch.interop.program.Launcher;
import io.greenfinch.interop.program.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A checkout with the real script, the built app and a Maven that only notes that it was called: {@code mvn} (or
 * {@code mvnw}) appends its arguments to the file {@code builds}, then does what {@link #mavenDoes} said.
 */
final class FakeCheckout {
    /** What the script needs of a system, and nothing that finds a JDK or Maven by itself. */
    private static final List<String> SYSTEM = List.of(
            "cat",
            "cmp",
            "cp",
            "dirname",
            "env",
            "find",
            "flock",
            "grep",
            "head",
            "ln",
            "mkdir",
            "mv",
            "readlink",
            "rm",
            "sed",
            "sh",
            "sleep",
            "touch");

    private final Path folder;
    private final Path tools;
    private final AtomicInteger runs = new AtomicInteger();

    FakeCheckout(Path temporary) throws IOException {
        folder = Files.createDirectories(temporary.resolve("a checkout"));
        tools = Files.createDirectories(temporary.resolve("tools"));
        for (String tool : SYSTEM) {
            Files.createSymbolicLink(tools.resolve(tool), find(tool));
        }
        Files.copy(
                Checkout.folder().resolve("greenfinch"),
                folder.resolve("greenfinch"),
                StandardCopyOption.COPY_ATTRIBUTES);
        Files.createDirectory(folder.resolve(".ci"));
        for (String part : List.of(".ci/missing.sh", ".ci/test-tools.sh")) {
            String text = Files.readString(Checkout.folder().resolve(part));
            Files.writeString(folder.resolve(part), text.replace("/usr/local/go", "/nonexistent"));
        }
        write("pom.xml", "<project/>");
        write("app/src/main/java/Main.java", "class Main {}");
        mavenDoes("true");
        executable(tools.resolve("mvn"), folder.resolve("mvnw"));
    }

    Path folder() {
        return folder;
    }

    Path script() {
        return folder.resolve("greenfinch");
    }

    /** Puts a program that does a shell command on the script's PATH. */
    void install(String tool, String command) throws IOException {
        Path file = tools.resolve(tool);
        Files.writeString(file, "#!/bin/sh\n%s\n".formatted(command));
        executable(file);
    }

    /** Makes a system with apt: what is asked of it stands in the file {@code apt}, and what it installs is then there. */
    void hasApt(String... installable) throws IOException {
        write("os-release", "ID=debian\nVERSION_CODENAME=bookworm\n");
        Path part = folder.resolve(".ci/missing.sh");
        Files.writeString(
                part,
                Files.readString(part)
                        .replace("/etc/os-release", folder.resolve("os-release").toString()));
        install("id", "echo 0");
        install("apt-cache", "echo '  Candidate: 99.1-1'");
        install("apt-get", """
                printf '%%s\\n' "$*" >>'%1$s/apt'
                for tool in %2$s; do
                    case $* in *install*$tool*) printf '#!/bin/sh\\necho v99.1 go99.1\\n' >'%3$s'/$tool; chmod +x '%3$s'/$tool ;; esac
                done""".formatted(folder, String.join(" ", installable), tools));
        Files.createSymbolicLink(tools.resolve("chmod"), find("chmod"));
    }

    /** What apt was asked for so far. */
    List<String> apt() throws IOException {
        Path file = folder.resolve("apt");
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }

    void uninstall(String tool) throws IOException {
        Files.delete(tools.resolve(tool));
    }

    /** What Maven does, as shell commands in this checkout, before it leaves the built app behind, rehearsed. */
    void mavenDoes(String commands) throws IOException {
        String script = """
                #!/bin/sh
                printf '%%s %%s\\n' "${0##*/}" "$*" >>builds
                printf '%%s\\n' "$JAVA_HOME" >java-home
                %s || exit 1
                mkdir -p app/target/greenfinch
                ln -sfn '%s'/* app/target/greenfinch
                rm -f app/target/greenfinch/built
                """.formatted(commands, Launcher.distribution());
        Files.writeString(tools.resolve("mvn"), script);
        Files.writeString(folder.resolve("mvnw"), script);
    }

    void write(String file, String text) throws IOException {
        Path path = folder.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    /** What the script makes the app from, and what it made of it. */
    Path distribution() {
        return folder.resolve("app/target/greenfinch");
    }

    /** Takes back the rehearsal, which the built app comes with. */
    void unrehearse() throws IOException {
        for (String made : List.of("start.aot", "native", "empty.db", "rehearsed")) {
            Files.delete(distribution().resolve(made));
        }
    }

    /** Each call of Maven so far: its name and arguments. */
    List<String> builds() throws IOException {
        Path file = folder.resolve("builds");
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }

    /** The JAVA_HOME that Maven was given last. */
    Path javaHomeOfBuild() throws IOException {
        return Path.of(Files.readString(folder.resolve("java-home")).strip());
    }

    Program<String> run(Path script, Map<String, String> environment, String... arguments) {
        Map<String, String> variables = new HashMap<>();
        variables.put("PATH", tools.toString());
        variables.put("JAVA_HOME", System.getProperty("java.home"));
        variables.put("CI", "");
        variables.putAll(environment);
        List<String> command = new ArrayList<>();
        command.add(script.toString());
        command.addAll(List.of(arguments));
        Path errors = folder.resolveSibling("errors-" + runs.incrementAndGet());
        return Program.start(command, variables, errors, line -> line);
    }

    private static void executable(Path... files) throws IOException {
        for (Path file : files) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    private static Path find(String tool) {
        for (String folder : List.of("/usr/bin", "/bin", "/usr/local/bin")) {
            Path path = Path.of(folder, tool);
            if (Files.isExecutable(path)) {
                return path;
            }
        }
        throw new IllegalStateException("this system has no " + tool);
    }
}
