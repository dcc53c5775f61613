package io.greenfinch.interop.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.interop.program.Checkout;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The jar that the app is started from holds what the app's own jar and its libraries hold. */
class OneJarIT {

    private static final Path BUILD = Checkout.folder().resolve("app/target");
    private static final String SERVICES = "META-INF/services/";

    @Test
    void holdsAllClassesServicesAndLicences() throws IOException {
        try (JarFile jar =
                new JarFile(BUILD.resolve("greenfinch/lib/greenfinch-app.jar").toFile())) {
            List<Path> libraries = libraries();
            assertThat(libraries).hasSizeGreaterThan(50);
            for (Path library : libraries) {
                try (JarFile file = new JarFile(library.toFile(), false)) {
                    Set<String> missing =
                            missing(file, jar, library.getFileName().toString());
                    assertThat(missing).as("%s", library.getFileName()).isEmpty();
                }
            }
            for (String own : List.of("app", "gateway/console", "gateway/mcp")) {
                assertThat(jar.getManifest().getAttributes("io/greenfinch/" + own + "/"))
                        .as("the version of %s", own)
                        .isNotNull();
            }
            assertThat(jar.getManifest().getAttributes("org/eclipse/jetty/server/"))
                    .as("a version that is not theirs")
                    .isNull();
        }
    }

    private static List<Path> libraries() throws IOException {
        try (Stream<Path> files = Files.list(BUILD.resolve("libraries"))) {
            return files.filter(file -> file.toString().endsWith(".jar")).toList();
        }
    }

    private static Set<String> missing(JarFile library, JarFile jar, String name) throws IOException {
        Set<String> missing = new TreeSet<>();
        for (JarEntry entry : library.stream().toList()) {
            String path = entry.getName();
            if (path.startsWith(SERVICES) && !entry.isDirectory()) {
                List<String> offered = lines(jar, path);
                lines(library, path).stream()
                        .filter(provider -> !offered.contains(provider))
                        .forEach(missing::add);
            } else if (path.endsWith(".class")
                    && !path.startsWith("META-INF/")
                    && !path.endsWith("module-info.class")
                    && jar.getEntry(path) == null) {
                missing.add(path);
            } else if (path.matches("META-INF/(LICENSE|NOTICE)[^/]*")
                    && jar.getEntry("META-INF/licenses/" + name.replace(".jar", "")
                                    + path.substring("META-INF".length()))
                            == null) {
                missing.add(path);
            }
        }
        return missing;
    }

    private static List<String> lines(JarFile jar, String path) throws IOException {
        JarEntry entry = jar.getJarEntry(path);
        if (entry == null) {
            return List.of();
        }
        try (InputStream in = jar.getInputStream(entry)) {
            return new String(in.readAllBytes(), UTF_8)
                    .lines()
                    .map(line -> line.replaceFirst("#.*", "").strip())
                    .filter(line -> !line.isEmpty())
                    .toList();
        }
    }
}
