package io.greenfinch.interop.packages;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A Debian with nothing in it but what every Debian has, in a folder; it shares this machine's network. */
record BareRoot(Path folder, Shell shell) {

    static final Duration LONG = Duration.ofMinutes(10);
    static final Duration SHORT = Duration.ofMinutes(1);

    private static final String ENTER = """
            root=$0 user=$1
            shift
            for each in proc dev sys; do mount --rbind "/$each" "$root/$each" || exit 1; done
            exec chroot --userspec="$user:" "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin "$@"
            """;

    /** Makes one. */
    static BareRoot make(Path folder, Shell shell) throws IOException {
        if (!Files.exists(folder.resolve("bin/sh"))) {
            Files.createDirectories(folder);
            shell.run(
                    LONG,
                    "debootstrap",
                    "--variant=minbase",
                    "--include=adduser",
                    "stable",
                    folder.toString(),
                    "http://deb.debian.org/debian");
        }
        return new BareRoot(folder, shell);
    }

    /** A command in it, as root. */
    List<String> inside(String... command) {
        return shell.run(LONG, Map.of(), as("root", List.of(command)));
    }

    /** What runs a command in it as a user; what is mounted for that is seen by nobody else, and goes with it. */
    List<String> as(String user, List<String> command) {
        List<String> all = new ArrayList<>(
                List.of("unshare", "--mount", "--propagation", "slave", "sh", "-c", ENTER, folder.toString(), user));
        all.addAll(command);
        return all;
    }

    /** Puts a file into it. */
    String copy(Path file) throws IOException {
        Path copy = folder.resolve("tmp").resolve(file.getFileName());
        Files.deleteIfExists(copy);
        Files.copy(file, copy);
        return "/tmp/" + file.getFileName();
    }
}
