package io.greenfinch.app.cli;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Describes commands and options in code; annotations would say the same, and reading them is a fifth of a start. */
public final class Specs {

    private Specs() {}

    /** A command with help, a version and no options of its own yet. */
    public static CommandSpec command(String name, Callable<Integer> action, String description) {
        return described(CommandSpec.wrapWithoutInspection(action).name(name), description);
    }

    /** Gives a command what all have. */
    public static CommandSpec described(CommandSpec spec, String description) {
        spec.usageMessage().description(description);
        return spec.versionProvider(new Version())
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
    public static OptionSpec.Builder option(String name, Class<?> type, String label, String description) {
        return OptionSpec.builder(name).type(type).paramLabel(label).description(description);
    }

    /** An option that is there or not. */
    public static OptionSpec flag(String name, String description) {
        return OptionSpec.builder(name)
                .type(boolean.class)
                .description(description)
                .build();
    }

    /** What a command is about. */
    public static PositionalParamSpec parameter(Class<?> type, String label, String description) {
        return parameter(0, type, label, description);
    }

    /** One that may be left out. */
    public static PositionalParamSpec optionalParameter(int place, Class<?> type, String label, String description) {
        return PositionalParamSpec.builder()
                .type(type)
                .paramLabel(label)
                .description(description)
                .index(Integer.toString(place))
                .arity("0..1")
                .build();
    }

    /** The same in another place. */
    public static PositionalParamSpec parameter(int place, Class<?> type, String label, String description) {
        return PositionalParamSpec.builder()
                .type(type)
                .paramLabel(label)
                .description(description)
                .index(Integer.toString(place))
                .arity("1")
                .required(true)
                .build();
    }

    /** One or more texts, from this place on; its value is a list. */
    public static PositionalParamSpec parameters(int place, String label, String description) {
        return PositionalParamSpec.builder()
                .type(List.class)
                .auxiliaryTypes(String.class)
                .paramLabel(label)
                .description(description)
                .index(place + "..*")
                .arity("1..*")
                .required(true)
                .build();
    }

    /** How the program is called from a shell: the script of a checkout, or what a package has installed. */
    public static String program() {
        return System.getProperty("greenfinch.command", "./greenfinch");
    }

    /** Whether a flag was given. */
    public static boolean given(OptionSpec flag) {
        return Boolean.TRUE.equals(flag.getValue());
    }

    /** The value of an option that need not be given. */
    public static <T> Optional<T> optional(ArgSpec option) {
        return Optional.ofNullable(option.getValue());
    }
}
