package io.greenfinch.interop.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Makes JDKs that the script shall not take, or not for everything. */
final class FakeJdks {

    private final Path folder;

    /** Makes them in that folder. */
    FakeJdks(Path folder) {
        this.folder = folder;
    }

    /** The real one, except that it can rehearse no start. */
    Path withoutRehearsals() throws IOException {
        Path real = Path.of(System.getProperty("java.home"));
        Path home = folder.resolve("jdk");
        Files.createDirectories(home.resolve("bin"));
        Files.copy(real.resolve("release"), home.resolve("release"));
        Files.createSymbolicLink(home.resolve("bin/javac"), real.resolve("bin/javac"));
        Path java = home.resolve("bin/java");
        Files.writeString(java, """
                #!/bin/sh
                case $* in *Rehearsal*) exit 1 ;; esac
                exec '%s/bin/java' "$@"
                """.formatted(real));
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
        return home;
    }

    /** One that says it is of that version, and can do nothing. */
    Path ofVersion(String version) throws IOException {
        Path home = Files.createDirectories(folder.resolve("jdk-" + version));
        Files.createDirectories(home.resolve("bin"));
        for (String tool : new String[] {"java", "javac"}) {
            Files.createSymbolicLink(home.resolve("bin").resolve(tool), Path.of("/bin/false"));
        }
        Files.writeString(home.resolve("release"), "JAVA_VERSION=\"%s\"%n".formatted(version));
        return home;
    }
}
