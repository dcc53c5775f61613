package io.greenfinch.interop.packages;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.interop.program.Checkout;
import io.greenfinch.interop.program.Program;
import io.greenfinch.interop.service.Person;
import io.greenfinch.interop.service.Sandbox;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every method that GREEN-API's own SDKs have, called by them: what is offered answers as they expect, what is not is refused as known.
 * Needs Node.js and Python; {@code ./greenfinch test --long} brings the SDKs.
 */
class SdkMethodChecks {

    private static final Duration DEADLINE = Duration.ofMinutes(2);
    private static final Path SDKS = Checkout.folder().resolve("interop/sdks");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"interop/target/sdks/bin/python,methods.py,55", "node,methods.mjs,50", "node,methods-v1.mjs,35"})
    void everyMethodAnswersAsTheSdkExpects(String interpreter, String script, int atLeast) throws IOException {
        String command = interpreter.contains("/")
                ? Checkout.folder().resolve(interpreter).toString()
                : interpreter;
        MadePackages.need("node", "python3");
        Path picture = folder.resolve("cat.jpg");
        ImageIO.write(new BufferedImage(320, 240, BufferedImage.TYPE_INT_RGB), "jpg", picture.toFile());
        Path sound = Files.write(folder.resolve("word.ogg"), new byte[5_000]);
        try (Sandbox sandbox = Sandbox.start(folder.resolve("sandbox"))) {
            Person us = sandbox.simulator()
                    .person(sandbox.gateway()
                            .get("getWaSettings")
                            .json()
                            .get("phone")
                            .asString());
            sandbox.gateway().post("setSettings", Map.of("incomingWebhook", "yes"));
            sandbox.simulator().write("Bob", us.phone(), "hello");
            List<String> told = run(
                    command,
                    SDKS.resolve(script).toString(),
                    sandbox.gateway().idInstance(),
                    sandbox.gateway().apiTokenInstance(),
                    sandbox.gateway().apiUrl().toString(),
                    sandbox.partnerToken(),
                    sandbox.people().get(0).phone() + "@c.us",
                    sandbox.people().get(1).phone() + "@c.us",
                    sandbox.group("Book club").id(),
                    picture.toString(),
                    sound.toString());
            assertThat(told)
                    .endsWith("problems: 0")
                    .filteredOn(line -> line.endsWith(" ok"))
                    .hasSizeGreaterThanOrEqualTo(atLeast);
        }
    }

    /** Whatever it comes to: the lines tell what went wrong. */
    private static List<String> run(String... command) {
        Path log = MadePackages.WORK.resolve("sdks/logs/" + Path.of(command[1]).getFileName() + ".log");
        try (Program<String> program = Program.start(List.of(command), Map.of(), log, line -> line)) {
            program.awaitExit(DEADLINE);
            return program.outputToItsEnd(DEADLINE);
        }
    }
}
