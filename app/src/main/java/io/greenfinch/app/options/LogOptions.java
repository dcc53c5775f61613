package io.greenfinch.app.options;

import ch.qos.logback.classic.Level;
import io.greenfinch.app.cli.Logs;
import io.greenfinch.app.cli.Specs;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** What is logged and how. */
public final class LogOptions {

    private final OptionSpec level = Specs.option(
                    "--log-level",
                    LogLevel.class,
                    "LEVEL",
                    "error, warn, info or debug (default: ${DEFAULT-VALUE}). Tokens and message text are never logged.")
            .defaultValue("info")
            .build();

    private final OptionSpec format = Specs.option(
                    "--log-format",
                    Logs.Format.class,
                    "FORMAT",
                    "text or json (default: ${DEFAULT-VALUE}); logs go to standard error.")
            .defaultValue("text")
            .build();

    /** The levels an operator may choose. */
    public enum LogLevel {
        error,
        warn,
        info,
        debug
    }

    public CommandSpec addTo(CommandSpec command) {
        return command.addOption(level).addOption(format);
    }

    public void apply() {
        LogLevel chosen = level.getValue();
        Logs.configure(Level.toLevel(chosen.name()), format.getValue());
    }
}
