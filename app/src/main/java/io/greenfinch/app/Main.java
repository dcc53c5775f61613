package io.greenfinch.app;

import ch.qos.logback.classic.Level;
import io.greenfinch.app.cli.Environment;
import io.greenfinch.app.cli.Failure;
import io.greenfinch.app.cli.LogProvider;
import io.greenfinch.app.cli.Logs;
import io.greenfinch.app.cli.Specs;
import io.greenfinch.app.cli.UsageException;
import io.greenfinch.app.doctor.DoctorCommand;
import io.greenfinch.app.operator.DownloadCommand;
import io.greenfinch.app.operator.EventsCommand;
import io.greenfinch.app.operator.GroupsCommand;
import io.greenfinch.app.operator.InstancesCommand;
import io.greenfinch.app.operator.LeaveCommand;
import io.greenfinch.app.operator.SendCommand;
import io.greenfinch.gateway.UnusableSettingsException;
import io.greenfinch.protocol.text.Printable;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Entry point. Exit codes: 0 after a stop by signal, 2 bad usage, 1 anything else with one sentence on standard error. */
public final class Main implements Runnable {

    /** In the order in which help lists them. */
    private static final Map<String, Supplier<CommandSpec>> COMMANDS = commands();

    private static final String HELP = "help";

    private static final Set<String> GATEWAYS = Set.of("sandbox", "serve");

    private static final int USAGE = 2;
    private static final int FAILED = 1;

    private final CommandSpec spec = Specs.described(
            CommandSpec.wrapWithoutInspection(this).name("greenfinch"),
            "A self-hosted WhatsApp HTTP gateway, wire-compatible with GREEN-API.");

    private Main(Set<String> names) {
        spec.usageMessage()
                .footer(
                        "",
                        "Every option can also be set in the environment: --request-timeout is GREENFINCH_REQUEST_TIMEOUT.",
                        "The script of a checkout also knows: test (the whole test run), bench (the benchmarks), package.");
        COMMANDS.forEach((name, command) -> {
            if (names.contains(name)) {
                spec.addSubcommand(name, command.get());
            }
        });
    }

    public static void main(String[] arguments) {
        LogProvider.choose();
        if (arguments.length > 0 && GATEWAYS.contains(arguments[0])) {
            EarlyWork.begin();
        } else {
            Logs.configure(Level.WARN, Logs.Format.text); // what only passes by; who runs for long says more
        }
        System.exit(run(commandLineFor(arguments), System.getenv(), arguments));
    }

    private static Map<String, Supplier<CommandSpec>> commands() {
        Map<String, Supplier<CommandSpec>> commands = new LinkedHashMap<>();
        commands.put("sandbox", SandboxCommand::spec);
        commands.put("serve", ServeCommand::spec);
        commands.put("instances", InstancesCommand::spec);
        commands.put("send", SendCommand::spec);
        commands.put("download", DownloadCommand::spec);
        commands.put("groups", GroupsCommand::spec);
        commands.put("leave", LeaveCommand::spec);
        commands.put("events", EventsCommand::spec);
        commands.put("doctor", DoctorCommand::spec);
        commands.put("backup", BackupCommand::spec);
        commands.put("restore", RestoreCommand::spec);
        commands.put("simulator", SimulatorCommand::spec);
        commands.put("completion", CompletionCommand::spec);
        commands.put(HELP, () -> CommandSpec.forAnnotatedObject(new HelpCommand()));
        return commands;
    }

    /** All commands. */
    static CommandLine commandLine() {
        return new CommandLine(new Main(COMMANDS.keySet()).spec);
    }

    /** As much of it as these arguments need: to describe all commands takes a part of a start that one notices. */
    public static CommandLine commandLineFor(String... arguments) {
        boolean one = arguments.length > 0 && COMMANDS.containsKey(arguments[0]) && !arguments[0].equals(HELP);
        return one ? new CommandLine(new Main(Set.of(arguments[0])).spec) : commandLine();
    }

    /** Carries out a command to its end; returns the exit code. */
    public static int run(CommandLine root, Map<String, String> variables, String... arguments) {
        Environment environment = new Environment(variables);
        Set<String> unknown = environment.hasOptions() ? environment.unknown(commandLine()) : Set.of();
        if (!unknown.isEmpty()) {
            root.getErr().println(Printable.of("Unknown setting in the environment: " + String.join(", ", unknown)));
            return USAGE;
        }
        root.setDefaultValueProvider(environment);
        root.getSubcommands().values().forEach(command -> command.setDefaultValueProvider(environment));
        root.setExpandAtFiles(false); // a text may begin with @
        root.setExecutionExceptionHandler(Main::failed);
        root.setParameterExceptionHandler(Main::misused);
        return root.execute(arguments);
    }

    private static int misused(ParameterException exception, String[] arguments) {
        CommandLine command = exception.getCommandLine();
        command.getErr().println(Printable.of(String.valueOf(exception.getMessage())));
        command.getErr().println("Try '" + command.getCommandSpec().qualifiedName() + " --help' for the options.");
        return USAGE;
    }

    private static int failed(Exception exception, CommandLine command, CommandLine.ParseResult parsed) {
        if (exception instanceof UsageException || exception instanceof UnusableSettingsException) {
            command.getErr().println(Printable.of(String.valueOf(exception.getMessage())));
            return USAGE;
        }
        if (exception instanceof InterruptedException) {
            Thread.currentThread().interrupt();
        }
        command.getErr().println(Failure.sentence(exception));
        return FAILED;
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "A command is missing: " + String.join(", ", COMMANDS.keySet()) + ".");
    }
}
