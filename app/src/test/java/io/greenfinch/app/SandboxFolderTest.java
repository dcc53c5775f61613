package io.greenfinch.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.greenfinch.app.cli.RefusedException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SandboxFolderTest {

    @TempDir
    private Path parent;

    @Test
    void makesAndMarksANewFolder() {
        Path folder = parent.resolve("new");

        assertThat(SandboxFolder.prepare(folder, false)).isFalse();

        assertThat(SandboxFolder.marked(folder)).isTrue();
    }

    @Test
    void wipesItsOwnFolder() throws IOException {
        SandboxFolder.prepare(parent, false);
        Files.createDirectories(parent.resolve("files"));
        Files.writeString(parent.resolve("files/old"), "old");

        assertThat(SandboxFolder.prepare(parent, false)).isFalse();

        assertThat(parent.resolve("files")).doesNotExist();
        assertThat(SandboxFolder.marked(parent)).isTrue();
    }

    @Test
    void keepsWhatIsThereWhenAsked() throws IOException {
        SandboxFolder.prepare(parent, false);
        Files.writeString(parent.resolve("state"), "old");

        assertThat(SandboxFolder.prepare(parent, true)).isTrue();

        assertThat(parent.resolve("state")).hasContent("old");
    }

    @Test
    void neverTouchesAFolderOfSomebodyElse() throws IOException {
        Files.writeString(parent.resolve("thesis.txt"), "years of work");

        assertThatThrownBy(() -> SandboxFolder.prepare(parent, false))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("was not made by a sandbox");

        assertThat(parent.resolve("thesis.txt")).hasContent("years of work");
    }

    @Test
    void doesNotWipeUnderARunningGateway() throws IOException {
        SandboxFolder.prepare(parent, false);
        Path lock = Files.createFile(parent.resolve("lock"));
        Files.writeString(parent.resolve("state"), "in use");

        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE);
                FileLock held = channel.lock()) {
            assertThat(held.isValid()).isTrue();
            assertThatThrownBy(() -> SandboxFolder.prepare(parent, false)).isInstanceOf(RuntimeException.class);
        }

        assertThat(parent.resolve("state")).hasContent("in use");
    }
}
