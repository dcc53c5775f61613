package io.greenfinch.gateway.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Who has a data folder has it alone. */
class DataFolderIT {

    @TempDir
    private Path data;

    @Test
    void isHadByOneAtATimeInAProcess() throws IOException {
        Path link = Files.createSymbolicLink(data.resolveSibling(data.getFileName() + "-link"), data);
        DataFolder first = DataFolder.open(data);
        try {
            for (Path way : new Path[] {data, link}) {
                assertThatThrownBy(() -> DataFolder.open(way)).hasMessageContaining("in use");
            }
            first.close();
            try (DataFolder second = DataFolder.open(link)) {
                first.close(); // closed already: not the second one's affair
                assertThatThrownBy(() -> DataFolder.open(data)).hasMessageContaining("in use");
                assertThat(second.path()).isEqualTo(link);
            }
        } finally {
            first.close();
            Files.delete(link);
        }
    }

    /** The system gives back all locks of a process on a file when any of its channels is closed. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void keepsItsLockWhenSomebodyElseIsRefused() throws IOException {
        try (DataFolder _ = DataFolder.open(data)) {
            long inode = (Long) Files.getAttribute(data.resolve("lock"), "unix:ino");
            assertThat(locked(inode)).isTrue();
            assertThat(DataFolder.tryOpen(data)).isEmpty();
            assertThat(locked(inode)).isTrue();
        }
    }

    private static boolean locked(long inode) throws IOException {
        String held = " " + ProcessHandle.current().pid() + " ";
        try (Stream<String> locks = Files.lines(Path.of("/proc/locks"))) {
            return locks.anyMatch(lock -> lock.contains(held) && lock.contains(":" + inode + " "));
        }
    }
}
