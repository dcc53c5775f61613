package io.greenfinch.app.operator;

import io.greenfinch.app.cli.RefusedException;
import io.greenfinch.app.cli.Specs;
import io.greenfinch.app.cli.UsageException;
import io.greenfinch.app.operator.EventReader.Event;
import io.greenfinch.app.operator.RunningGateway.Listed;
import io.greenfinch.protocol.text.Printable;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Prints what happens in an instance as it happens; after a lost connection it goes on where it was. */
public final class EventsCommand implements Callable<Integer> {

    private static final Logger LOG = LoggerFactory.getLogger(EventsCommand.class);

    private static final Duration SILENCE = Duration.ofSeconds(45);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final JsonMapper mapper = new JsonMapper();
    private final GatewayAccess access = new GatewayAccess();
    private final PositionalParamSpec id = Specs.parameter(long.class, "ID", "The instance's number.");
    private final OptionSpec after = Specs.option(
                    "--after",
                    String.class,
                    "EVENT",
                    "Begin behind the event with this id; 0: with the oldest that is kept (default: with what comes).")
            .build();
    private final OptionSpec count = Specs.option(
                    "--count", int.class, "N", "End after so many events (default: never).")
            .defaultValue("0")
            .build();
    private final CommandSpec spec = Specs.command(
            "events", this, "Prints what happens in an instance, a line for each event, until it is interrupted.");

    private EventsCommand() {
        access.addTo(spec).addOption(after).addOption(count).addPositional(id);
    }

    /** The command. */
    public static CommandSpec spec() {
        return new EventsCommand().spec;
    }

    @Override
    public Integer call() throws InterruptedException {
        Optional<String> position = Specs.optional(after);
        if (position.isPresent() && !position.get().matches("[0-9]{1,18}")) {
            throw new UsageException("--after must be the id of an event");
        }
        int most = count.getValue();
        if (most < 0) {
            throw new UsageException("--count must not be negative");
        }
        Output output = access.output(spec);
        try (RunningGateway gateway = access.gateway()) {
            Listed instance = access.instance(gateway, id.<Long>getValue());
            new Following(gateway, instance, output, position, most).run();
            return 0;
        }
    }

    /** How far one has come. */
    private final class Following {

        private final RunningGateway gateway;
        private final Listed instance;
        private final Output output;
        private final int most;
        private Optional<String> position;
        private int seen;
        private Duration pause = FIRST_PAUSE;

        Following(RunningGateway gateway, Listed instance, Output output, Optional<String> position, int most) {
            this.gateway = gateway;
            this.instance = instance;
            this.output = output;
            this.position = position;
            this.most = most;
        }

        void run() throws InterruptedException {
            String why = read(true);
            while (!why.isEmpty()) {
                PrintWriter complaints = spec.commandLine().getErr();
                complaints.println(Printable.of("The connection to the gateway is lost, " + why + "; trying again in "
                        + pause.toSeconds() + " s."));
                complaints.flush();
                Thread.sleep(pause);
                pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
                why = read(false);
            }
        }

        /** Why the connection ended; empty when all that was asked for was printed. */
        private String read(boolean first) {
            boolean connected = false;
            try (InputStream stream = gateway.events(instance, position)) {
                connected = true;
                EventReader reader = new EventReader(stream);
                Thread.ofVirtual().start(() -> endWhenSilent(stream, reader));
                for (Optional<Event> event = reader.next(); event.isPresent(); event = reader.next()) {
                    pause = FIRST_PAUSE;
                    moveTo(reader.lastId());
                    print(event.get());
                    if (++seen == most) {
                        return "";
                    }
                }
                moveTo(reader.lastId());
                return "it was closed";
            } catch (EventReader.TooLongException e) {
                throw new RefusedException("The gateway told an event that is too long.");
            } catch (IOException e) {
                if (first && !connected) {
                    throw new UncheckedIOException("The gateway does not answer", e);
                }
                return Objects.requireNonNullElse(e.getMessage(), "it broke");
            }
        }

        private void moveTo(String id) {
            position = Optional.of(id).filter(own -> !own.isEmpty()).or(() -> position);
        }

        /** A gateway that lives says something every ten seconds. */
        private static void endWhenSilent(InputStream stream, EventReader reader) {
            try {
                do {
                    Thread.sleep(SILENCE);
                } while (reader.heard());
                stream.close();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (IOException e) {
                LOG.debug("closing a silent stream", e);
            }
        }

        private void print(Event event) {
            if (!output.json()) {
                output.line(event.id() + "  " + event.kind() + "  " + event.data());
                return;
            }
            ObjectNode line =
                    JsonNodeFactory.instance.objectNode().put("id", event.id()).put("event", event.kind());
            line.set("data", data(event));
            output.value(line);
        }

        private JsonNode data(Event event) {
            try {
                return mapper.readTree(event.data());
            } catch (JacksonException e) {
                return JsonNodeFactory.instance.stringNode(event.data());
            }
        }
    }
}
