package io.greenfinch.gateway.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileFailureTest {

    @TempDir
    private Path folder;

    /** Root is refused nothing, so that no test can be sure to meet it. */
    @Test
    void tellsWhoseAFolderIsThatIsNotOurs() throws IOException {
        String owner = Files.getOwner(folder).getName();
        String path = folder.toString();
        assertThat(FileFailure.words(new AccessDeniedException(path)))
                .isEqualTo("no permission for " + path + ", which belongs to " + owner);
        assertThat(FileFailure.words(new FileSystemException(path, null, "Operation not permitted")))
                .isEqualTo("no permission for " + path + ", which belongs to " + owner);
        assertThat(FileFailure.words(new AccessDeniedException("/no/such/file")))
                .isEqualTo("no permission for /no/such/file");
    }

    @Test
    void saysWhatTheSystemSaysWithoutNamesOfClasses() {
        assertThat(FileFailure.words(new FileSystemException("/a", null, "No space left on device")))
                .isEqualTo("/a: No space left on device");
        assertThat(FileFailure.words(new IOException("Stale file handle"))).isEqualTo("Stale file handle");
        assertThat(FileFailure.words(new IOException())).isEqualTo("it can't be read or written");
        assertThat(FileFailure.withoutPath(FileServiceException.passing("it did not answer in time")))
                .isEqualTo("it did not answer in time");
        assertThat(FileFailure.withoutPath(new IOException("/a/secret"))).isEqualTo("IOException");
    }
}
