package io.greenfinch.app;

import io.greenfinch.app.cli.Specs;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** Prints what a shell needs to complete command lines. */
final class CompletionCommand implements Callable<Integer> {

    private final CommandSpec spec =
            Specs.command("completion", this, "Prints a script for bash and zsh that completes commands and options.");

    private CompletionCommand() {
        spec.usageMessage().footer("", "In ~/.bashrc or ~/.zshrc: source <(" + Specs.program() + " completion)");
    }

    static CommandSpec spec() {
        return new CompletionCommand().spec;
    }

    @Override
    public Integer call() {
        CommandLine all = Main.commandLine();
        // What the script itself does.
        all.addSubcommand(Specs.command("test", () -> 0, "Runs the tests."));
        all.addSubcommand(Specs.command("bench", () -> 0, "Measures."));
        all.addSubcommand(Specs.command("package", () -> 0, "Makes packages."));
        PrintWriter out = spec.commandLine().getOut();
        out.println(AutoComplete.bash("greenfinch", all));
        out.flush();
        return 0;
    }
}
