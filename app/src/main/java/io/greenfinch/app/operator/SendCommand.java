package io.greenfinch.app.operator;

import io.greenfinch.app.cli.Specs;
import io.greenfinch.app.cli.UsageException;
import io.greenfinch.app.operator.RunningGateway.Listed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Puts a message into an instance's queue: a text, or a file. */
public final class SendCommand implements Callable<Integer> {

    /** More than any message may have. */
    private static final int MAX_INPUT = 1 << 20;

    private final GatewayAccess access = new GatewayAccess();
    private final PositionalParamSpec id = Specs.parameter(0, long.class, "ID", "The instance's number.");
    private final PositionalParamSpec chat =
            Specs.parameter(1, String.class, "CHAT", "A phone number, the country's code first, or a chat's id.");
    private final PositionalParamSpec text =
            Specs.optionalParameter(2, String.class, "TEXT", "The message; - reads it from standard input.");
    private final OptionSpec file = Specs.option(
                    "--file",
                    Path.class,
                    "FILE",
                    "A file, whose name says what it is; TEXT is written beside it, and may be left out.")
            .build();
    private final OptionSpec quote = Specs.option(
                    "--quote", String.class, "MESSAGE", "The id of the message that this one answers.")
            .build();
    private final CommandSpec spec = Specs.command(
            "send", this, "Sends a text or a file: puts it into the instance's queue, which is told by its id.");

    private SendCommand() {
        access.addTo(spec)
                .addOption(quote)
                .addOption(file)
                .addPositional(id)
                .addPositional(chat)
                .addPositional(text);
    }

    /** The command. */
    public static CommandSpec spec() {
        return new SendCommand().spec;
    }

    @Override
    public Integer call() {
        Optional<Path> path = Specs.optional(file);
        Optional<String> words = Specs.<String>optional(text).map(SendCommand::words);
        if (path.isEmpty() && words.isEmpty()) {
            throw new UsageException("Give a TEXT, or a --file.");
        }
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("chatId", chatId(chat.getValue()));
        Specs.<String>optional(quote).ifPresent(message -> fields.put("quotedMessageId", message));
        Output output = access.output(spec);
        try (RunningGateway gateway = access.gateway()) {
            Listed instance = access.instance(gateway, id.<Long>getValue());
            JsonNode answer = path.isPresent()
                    ? file(gateway, instance, fields, words, path.get())
                    : text(gateway, instance, fields, words.orElseThrow());
            if (output.json()) {
                output.value(answer);
            } else {
                output.line("queued " + answer.path("idMessage").asString(""));
            }
            return 0;
        }
    }

    private static JsonNode file(
            RunningGateway gateway, Listed instance, Map<String, String> fields, Optional<String> words, Path path) {
        words.ifPresent(caption -> fields.put("caption", caption));
        fields.put("fileName", String.valueOf(path.getFileName()));
        return gateway.post(instance, "sendFileByUpload", fields, path);
    }

    private static JsonNode text(RunningGateway gateway, Listed instance, Map<String, String> fields, String words) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        fields.forEach(body::put);
        return gateway.post(instance, "sendMessage", body.put("message", words));
    }

    static String chatId(String given) {
        if (given.contains("@")) {
            return given;
        }
        String digits = given.replaceAll("[ +().-]", "");
        if (!digits.matches("[1-9][0-9]{6,14}")) {
            throw new UsageException("'" + given + "' is neither a chat's id nor a phone number of 7 to 15 digits.");
        }
        return digits + "@c.us";
    }

    private static String words(String given) {
        if (!given.equals("-")) {
            return given;
        }
        try {
            byte[] input = System.in.readNBytes(MAX_INPUT);
            return new String(input, StandardCharsets.UTF_8).replaceFirst("\\R\\z", "");
        } catch (IOException e) {
            throw new UncheckedIOException("The message can't be read", e);
        }
    }
}
