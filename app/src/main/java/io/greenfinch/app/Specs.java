package io.greenfinch.app;

import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Describes commands and options in code; annotations would say the same, and reading them is a fifth of a start. */
final class Specs {

    private Specs() {}

    /** A command with help, a version and no options of its own yet. */
    static CommandSpec command(String name, Callable<Integer> action, String description) {
        return described(CommandSpec.wrapWithoutInspection(action).name(name), description);
    }

    /** Gives a command what all have. */
    static CommandSpec described(CommandSpec spec, String description) {
        spec.usageMessage().description(description);
        return spec.versionProvider(new Main.Version())
                .addOption(OptionSpec.builder("-h", "--help")
                        .type(boolean.class)
                        .usageHelp(true)
                        .description("Show this help message and exit.")
                        .build())
                .addOption(OptionSpec.builder("-V", "--version")
                        .type(boolean.class)
                        .versionHelp(true)
                        .description("Print version information and exit.")
                        .build());
    }

    /** An option with a value. */
    static OptionSpec.Builder option(String name, Class<?> type, String label, String description) {
        return OptionSpec.builder(name).type(type).paramLabel(label).description(description);
    }

    /** An option that is there or not. */
    static OptionSpec flag(String name, String description) {
        return OptionSpec.builder(name)
                .type(boolean.class)
                .description(description)
                .build();
    }

    /** What a command is about. */
    static PositionalParamSpec parameter(Class<?> type, String label, String description) {
        return PositionalParamSpec.builder()
                .type(type)
                .paramLabel(label)
                .description(description)
                .index("0")
                .arity("1")
                .required(true)
                .build();
    }

    /** Whether a flag was given. */
    static boolean given(OptionSpec flag) {
        return Boolean.TRUE.equals(flag.getValue());
    }

    /** The value of an option that need not be given. */
    static <T> Optional<T> optional(OptionSpec option) {
        return Optional.ofNullable(option.getValue());
    }
}
