package io.greenfinch.app.operator;

import ch.qos.logback.classic.Level;
import io.greenfinch.app.cli.Logs;
import io.greenfinch.app.cli.Specs;
import io.greenfinch.app.operator.RunningGateway.Listed;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ScopeType;

/** How commands find the gateway that they ask, and how they print what it answers. */
final class GatewayAccess {

    private final OptionSpec data = Specs.option(
                    "--data",
                    Path.class,
                    "FOLDER",
                    "The gateway's data folder, which tells its address and partner token (default: ${DEFAULT-VALUE}).")
            .defaultValue("./data")
            .scopeType(ScopeType.INHERIT)
            .build();
    private final OptionSpec url = Specs.option(
                    "--url", URI.class, "URL", "The gateway's address (default: as the data folder tells).")
            .scopeType(ScopeType.INHERIT)
            .build();
    private final OptionSpec partnerToken = Specs.option(
                    "--partner-token",
                    String.class,
                    "TOKEN",
                    "Token of the partner methods (default: as the data folder tells).")
            .scopeType(ScopeType.INHERIT)
            .build();
    private final OptionSpec apiToken = Specs.option(
                    "--api-token",
                    String.class,
                    "TOKEN",
                    "The instance's own token, for those who have no partner token. Other users of this machine can read"
                            + " command lines: better give it in GREENFINCH_API_TOKEN.")
            .scopeType(ScopeType.INHERIT)
            .build();
    private final OptionSpec json = OptionSpec.builder("--json")
            .type(boolean.class)
            .description("Print JSON, for programs.")
            .scopeType(ScopeType.INHERIT)
            .build();

    CommandSpec addTo(CommandSpec command) {
        return command.addOption(data)
                .addOption(url)
                .addOption(partnerToken)
                .addOption(apiToken)
                .addOption(json);
    }

    /** The gateway; only complaints are logged from here on. */
    RunningGateway gateway() {
        Logs.configure(Level.WARN, Logs.Format.text);
        return RunningGateway.of(data.getValue(), Specs.optional(url), Specs.optional(partnerToken));
    }

    /** An instance, by its own token where that is given. */
    Listed instance(RunningGateway gateway, long id) {
        Optional<String> token = Specs.optional(apiToken);
        return token.map(own -> new Listed(id, "", own)).orElseGet(() -> gateway.instance(id));
    }

    /** Where this command prints. */
    Output output(CommandSpec command) {
        return new Output(command.commandLine().getOut(), Specs.given(json));
    }
}
