package io.greenfinch.interop.program;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgramTest {

    @Test
    void aLineThatCanNotBeReadIsNamedInTheFailure(@TempDir Path folder) {
        try (Program<Integer> program = Program.start(
                List.of("sh", "-c", "echo 1; echo stray; exec sleep 60"),
                Map.of(),
                folder.resolve("errors"),
                Integer::valueOf)) {
            assertThatThrownBy(() -> program.await("a number", told -> Optional.empty(), Duration.ofSeconds(30)))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageStartingWith("no line that can be read came before a number: stray");
        }
    }
}
