package io.greenfinch.client.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Large files, and many, go up and down in processes whose whole heap is small. */
@Timeout(120)
class LargeFileIT {

    @TempDir
    private Path folder;

    @Test
    void aLargeFileNeedsLittleMemory() throws Exception {
        transferred(100, 1, "-Xmx32m");
        assertThat(Files.mismatch(folder.resolve("file"), folder.resolve("fetched0")))
                .isEqualTo(-1);
    }

    @Test
    void fiftyAtOnceNeedLittleMore() throws Exception {
        transferred(2, 50, "-Xmx64m");
    }

    private void transferred(int megabytes, int times, String heap) throws Exception {
        Path file = folder.resolve("file");
        written(file, megabytes);
        try (ScriptedHost host = new ScriptedHost(folder.resolve("stored"), times > 1)) {
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            heap,
                            "-cp",
                            System.getProperty("java.class.path"),
                            LargeTransfer.class.getName(),
                            host.name(),
                            file.toString(),
                            folder.toString(),
                            Integer.toString(times))
                    .redirectError(folder.resolve("errors").toFile())
                    .start();
            String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(told.strip())
                    .as(Files.readString(folder.resolve("errors")))
                    .isEqualTo(Long.toString(((long) megabytes << 20) * times));
            assertThat(folder.resolve("scratch0")).doesNotExist();
        }
    }

    private static void written(Path file, int megabytes) throws IOException {
        Random random = new Random(17);
        byte[] chunk = new byte[1 << 20];
        try (OutputStream to = Files.newOutputStream(file)) {
            for (int i = 0; i < megabytes; i++) {
                random.nextBytes(chunk);
                to.write(chunk);
            }
        }
    }
}
