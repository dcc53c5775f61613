package io.greenfinch.interop.packages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.greenfinch.interop.program.Program;
import io.greenfinch.interop.service.Gateway;
import io.greenfinch.interop.service.SimulatorAdmin;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A gateway that was installed somewhere, and its commands.
 *
 * @param words makes the words that run one of its commands there
 */
record InstalledGateway(Shell shell, Function<List<String>, List<String>> words, String data) {

    private static final Duration DEADLINE = Duration.ofMinutes(1);

    /** Starts it on a simulator, and waits until it is ready. */
    Program<String> serve(SimulatorAdmin simulator, Map<String, String> environment) {
        List<String> command = new ArrayList<>(environment.entrySet().stream()
                .map(each -> each.getKey() + "=" + each.getValue())
                .toList());
        command.addAll(List.of(
                "greenfinch",
                "serve",
                "--data",
                data,
                "--listen",
                "127.0.0.1:0",
                "--metrics-listen",
                "127.0.0.1:0",
                "--rate-limits",
                "off",
                "--whatsapp-url",
                simulator.chatUrl(),
                "--whatsapp-root-key",
                simulator.rootKey()));
        Program<String> serving = shell.start(Map.of(), words.apply(command));
        serving.await("it is ready", lines -> lines.filter("ready"::equals).findFirst(), DEADLINE);
        return serving;
    }

    /** Runs one of its commands, which has to succeed. */
    List<String> command(String... arguments) {
        List<String> command = new ArrayList<>(List.of("greenfinch"));
        command.addAll(List.of(arguments));
        command.addAll(List.of("--data", data));
        return shell.run(DEADLINE, Map.of(), words.apply(command));
    }

    /** Links the first instance to somebody, writes to somebody else, and leaves a group, all by its own commands. */
    void linksSendsAndLeaves(SimulatorAdmin simulator) {
        String id = linked(simulator).idInstance();
        String group = simulator.createGroup("Packed", "lid", "Bob", "Anna");
        await().atMost(DEADLINE).until(() -> command("groups", id).stream().anyMatch(line -> line.startsWith(group)));
        String text = "From a package, " + group;
        assertThat(command("send", id, "15550001002", text).getFirst()).startsWith("queued ");
        await().atMost(DEADLINE).until(() -> simulator.sees("Bob", text));
        assertThat(command("leave", id, group)).containsExactly(group + "  left");
    }

    /** Its first instance, linked to Anna's account. */
    Gateway linked(SimulatorAdmin simulator) {
        String id = command("instances", "list").getFirst().replaceFirst(" .*", "");
        List<String> shown = command("instances", "show", id);
        Gateway instance = new Gateway(URI.create(value(shown, "apiUrl")), id, value(shown, "apiTokenInstance"));
        if (!instance.get("getStateInstance").body().contains("\"authorized\"")) {
            instance.link(simulator, "Anna");
        }
        return instance;
    }

    private static String value(List<String> lines, String name) {
        return lines.stream()
                .filter(line -> line.startsWith(name + " "))
                .map(line -> line.substring(name.length()).strip())
                .findFirst()
                .orElseThrow();
    }
}
