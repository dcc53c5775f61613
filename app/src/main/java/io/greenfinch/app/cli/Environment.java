package io.greenfinch.app.cli;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Options from the environment: {@code --request-timeout} is {@code GREENFINCH_REQUEST_TIMEOUT}. The command line wins.
 * A name that starts with {@code GREENFINCH_} and is no option is an error: a misspelt setting must not go unnoticed.
 */
public final class Environment implements IDefaultValueProvider {

    private static final String PREFIX = "GREENFINCH_";

    /** Read by the start script and by the gateway itself; no options, because a command line is visible to others. */
    public static final String MASTER_KEY = "GREENFINCH_MASTER_KEY";

    /** The same, of the access key to the store of files. */
    public static final String FILES_SECRET = "GREENFINCH_FILES_S3_SECRET_KEY";

    private static final Set<String> OTHERS = Set.of("GREENFINCH_JAVA_OPTS", MASTER_KEY, FILES_SECRET);

    private final Map<String, String> variables;

    public Environment(Map<String, String> variables) {
        this.variables = variables;
    }

    @Override
    public @Nullable String defaultValue(ArgSpec argument) {
        return argument instanceof OptionSpec option && !option.usageHelp() && !option.versionHelp()
                ? variables.get(name(option.longestName()))
                : null;
    }

    /** Whether there is anything that looks like ours. */
    public boolean hasOptions() {
        return variables.keySet().stream().anyMatch(name -> name.startsWith(PREFIX) && !OTHERS.contains(name));
    }

    /** Names that look like ours but mean nothing to any command. */
    public Set<String> unknown(CommandLine root) {
        Set<String> known = withSubcommands(root)
                .flatMap(command -> command.getCommandSpec().options().stream())
                .map(option -> name(option.longestName()))
                .collect(Collectors.toSet());
        Set<String> unknown = new TreeSet<>();
        for (String name : variables.keySet()) {
            if (name.startsWith(PREFIX) && !known.contains(name) && !OTHERS.contains(name)) {
                unknown.add(name);
            }
        }
        return unknown;
    }

    private static Stream<CommandLine> withSubcommands(CommandLine command) {
        return Stream.concat(
                Stream.of(command), command.getSubcommands().values().stream().flatMap(Environment::withSubcommands));
    }

    private static String name(String option) {
        return PREFIX + option.substring("--".length()).replace('-', '_').toUpperCase(Locale.ROOT);
    }
}
