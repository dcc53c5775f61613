package io.greenfinch.app;

import ch.qos.logback.classic.Level;
import picocli.CommandLine.Option;

/** What is logged and how. */
final class LogOptions {

    @Option(
            names = "--log-level",
            defaultValue = "info",
            paramLabel = "LEVEL",
            description =
                    "error, warn, info or debug (default: ${DEFAULT-VALUE}). Tokens and message text are never logged.")
    private LogLevel level = LogLevel.info;

    @Option(
            names = "--log-format",
            defaultValue = "text",
            paramLabel = "FORMAT",
            description = "text or json (default: ${DEFAULT-VALUE}); logs go to standard error.")
    private Logs.Format format = Logs.Format.text;

    /** The levels an operator may choose. */
    enum LogLevel {
        error,
        warn,
        info,
        debug
    }

    void apply() {
        Logs.configure(Level.toLevel(level.name()), format);
    }
}
