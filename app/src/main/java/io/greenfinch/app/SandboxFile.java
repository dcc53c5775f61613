package io.greenfinch.app;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code sandbox.json}: everything a script needs to use a sandbox. Readable by its owner only, for it holds tokens.
 *
 * @param groups those that the account is in
 * @param people the others
 */
record SandboxFile(
        String apiUrl,
        String mediaUrl,
        long idInstance,
        String apiTokenInstance,
        String partnerToken,
        URI simulatorUrl,
        String rootKey,
        List<SandboxWorld.Group> groups,
        List<SandboxWorld.Person> people) {

    private static final Logger LOG = LoggerFactory.getLogger(SandboxFile.class);

    /** Writes the file whole: whoever sees it sees all of it. */
    void write(Path folder) {
        PrivateFile.write(
                folder.resolve("sandbox.json"),
                new JsonMapper().writerWithDefaultPrettyPrinter().writeValueAsString(this));
    }

    /** What the last run wrote; empty when there was none, or when it can't be read. */
    static Optional<SandboxFile> read(Path folder) {
        Path file = folder.resolve("sandbox.json");
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new JsonMapper().readValue(Files.readString(file), SandboxFile.class));
        } catch (IOException | JacksonException e) {
            LOG.warn("{} can't be read, so the sandbox links anew: {}", file, e.getMessage());
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return "SandboxFile[" + apiUrl + ", instance " + idInstance + "]";
    }
}
