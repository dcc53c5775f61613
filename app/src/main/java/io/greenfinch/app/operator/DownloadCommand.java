package io.greenfinch.app.operator;

import io.greenfinch.app.cli.RefusedException;
import io.greenfinch.app.cli.Specs;
import io.greenfinch.app.operator.RunningGateway.Listed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Fetches the file of a message. */
public final class DownloadCommand implements Callable<Integer> {

    private final GatewayAccess access = new GatewayAccess();
    private final PositionalParamSpec id = Specs.parameter(0, long.class, "ID", "The instance's number.");
    private final PositionalParamSpec chat =
            Specs.parameter(1, String.class, "CHAT", "A phone number, the country's code first, or a chat's id.");
    private final PositionalParamSpec message =
            Specs.parameter(2, String.class, "MESSAGE", "The id of the message that brings the file.");
    private final PositionalParamSpec into =
            Specs.parameter(3, Path.class, "FILE", "Where it is to be; nothing there is written over.");
    private final CommandSpec spec = Specs.command("download", this, "Fetches the file of a message.");

    private DownloadCommand() {
        access.addTo(spec)
                .addPositional(id)
                .addPositional(chat)
                .addPositional(message)
                .addPositional(into);
    }

    /** The command. */
    public static CommandSpec spec() {
        return new DownloadCommand().spec;
    }

    @Override
    public Integer call() {
        Path file = into.getValue();
        if (Files.exists(file)) {
            throw new RefusedException("There is a file " + file + " already.");
        }
        Output output = access.output(spec);
        try (RunningGateway gateway = access.gateway()) {
            Listed instance = access.instance(gateway, id.<Long>getValue());
            JsonNode answer = gateway.post(
                    instance,
                    "downloadFile",
                    JsonNodeFactory.instance
                            .objectNode()
                            .put("chatId", SendCommand.chatId(chat.getValue()))
                            .put("idMessage", message.<String>getValue()));
            gateway.fetch(answer.path("downloadUrl").asString(""), file);
            if (output.json()) {
                output.value(answer);
            } else {
                output.line("fetched into " + file);
            }
            return 0;
        }
    }
}
