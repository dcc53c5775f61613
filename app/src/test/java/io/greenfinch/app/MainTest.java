package io.greenfinch.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.app.cli.Environment;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

class MainTest {

    @Test
    void everyCommandHasHelp() {
        assertThat(withSubcommands(Main.commandLine()))
                .hasSizeGreaterThan(7)
                .allSatisfy(command -> assertThat(command.getCommandSpec().options())
                        .as(command.getCommandSpec().qualifiedName())
                        .anyMatch(OptionSpec::usageHelp));
    }

    @Test
    void optionsOfInstancesMayStandAnywhereAndInTheEnvironment() {
        CommandLine first = Main.commandLine();
        first.parseArgs("instances", "--data", "/x", "show", "1");
        CommandLine last = Main.commandLine();
        last.parseArgs("instances", "show", "1", "--data", "/x", "--url", "http://localhost");
        assertThat(new Environment(Map.of("GREENFINCH_URL", "http://localhost")).unknown(Main.commandLine()))
                .isEmpty();
    }

    @Test
    void eachCommandIsTheSameAlone() {
        CommandLine all = Main.commandLine();
        all.getSubcommands()
                .forEach((name, command) -> assertThat(
                                Main.commandLineFor(name).getSubcommands().get(name))
                        .extracting(CommandLine::getUsageMessage)
                        .isEqualTo(command.getUsageMessage()));
        assertThat(Main.commandLineFor("--help").getUsageMessage()).isEqualTo(all.getUsageMessage());
        assertThat(Main.commandLineFor("serv").getSubcommands()).hasSameSizeAs(all.getSubcommands());
    }

    private static Stream<CommandLine> withSubcommands(CommandLine command) {
        return Stream.concat(
                Stream.of(command), command.getSubcommands().values().stream().flatMap(MainTest::withSubcommands));
    }
}
