package io.greenfinch.app.operator;

import io.greenfinch.app.cli.QrScreen;
import io.greenfinch.app.cli.RefusedException;
import io.greenfinch.app.cli.Specs;
import io.greenfinch.app.cli.Terminal;
import io.greenfinch.app.cli.UsageException;
import io.greenfinch.app.operator.RunningGateway.Listed;
import io.greenfinch.simulator.phone.Camera;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Links an instance: shows its QR code until the account is linked, or asks for the number and shows the code to type. */
final class LinkCommand implements Callable<Integer> {

    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    /** Looks within the three minutes for which a code to type is good, at the rate at which the state may be asked for. */
    private static final int LOOKS = 90;

    private static final Duration BETWEEN_STATES = Duration.ofSeconds(2);

    private final GatewayAccess access;
    private final PositionalParamSpec id = Specs.parameter(long.class, "ID", "The instance's number.");
    private final OptionSpec phone = Specs.option(
                    "--phone",
                    String.class,
                    "NUMBER",
                    "Link by a code to type on the phone with this number (asked for when not given).")
            .arity("0..1")
            .fallbackValue("")
            .build();
    private final CommandSpec spec = Specs.command(
            "link", this, "Links an instance: shows its QR code, or with --phone a code to type on the phone.");

    private LinkCommand(GatewayAccess access) {
        this.access = access;
        spec.addOption(phone).addPositional(id);
    }

    static CommandSpec spec(GatewayAccess access) {
        return new LinkCommand(access).spec;
    }

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        boolean terminal = Terminal.attached();
        try (RunningGateway gateway = access.gateway()) {
            Listed instance = access.instance(gateway, id.<Long>getValue());
            Optional<String> number = Specs.optional(phone);
            return number.isEmpty()
                    ? scanned(gateway, instance, out, terminal)
                    : typed(gateway, instance, out, number.get());
        }
    }

    private static int scanned(RunningGateway gateway, Listed instance, PrintWriter out, boolean terminal)
            throws InterruptedException {
        QrScreen screen = new QrScreen(out, terminal);
        while (true) {
            JsonNode answer = gateway.get(instance, "qr");
            String message = answer.path("message").asString("");
            switch (answer.path("type").asString("")) {
                case "qrCode" -> {
                    String text = Camera.read(Base64.getDecoder().decode(message))
                            .orElseThrow(() -> new RefusedException("The gateway's picture shows no QR code."));
                    if (terminal && !QrScreen.fits(text, Terminal.size())) {
                        out.println("This terminal is too small for the QR code, so a code to type it is.");
                        return typed(gateway, instance, out, "");
                    }
                    screen.show(text);
                }
                case "alreadyLogged" -> {
                    screen.say("Instance " + instance.id() + " is linked.");
                    return 0;
                }
                default -> {
                    screen.say("There is no QR code now: " + message + ".");
                    return 1;
                }
            }
            Thread.sleep(BETWEEN_LOOKS);
        }
    }

    private static int typed(RunningGateway gateway, Listed instance, PrintWriter out, String given)
            throws InterruptedException {
        String number = (given.isBlank() ? asked(out) : given).replaceAll("[^0-9]", "");
        if (!number.matches("[1-9][0-9]{6,14}")) {
            throw new UsageException("A phone number has 7 to 15 digits, the country's code first.");
        }
        JsonNode answer = gateway.post(
                instance,
                "getAuthorizationCode",
                JsonNodeFactory.instance.objectNode().put("phoneNumber", Long.parseLong(number)));
        String code = answer.path("code").asString("");
        if (!code.matches("[0-9A-Z]{8}")) {
            throw new RefusedException(
                    "There is no code: " + answer.path("reason").asString("no reason given") + ".");
        }
        out.println("Code  " + code.substring(0, 4) + "-" + code.substring(4));
        out.println("On the phone: WhatsApp, Settings, Linked devices, Link a device, Link with phone number instead.");
        out.flush();
        for (int looks = 0; looks < LOOKS; looks++) {
            if (InstancesCommand.state(gateway, instance).equals("authorized")) {
                out.println("Instance " + instance.id() + " is linked.");
                out.flush();
                return 0;
            }
            Thread.sleep(BETWEEN_STATES);
        }
        throw new RefusedException("The code was not typed in time; ask for another.");
    }

    private static String asked(PrintWriter out) {
        out.print("Phone number, the country's code first: ");
        out.flush();
        try {
            BufferedReader in = new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));
            return Objects.requireNonNullElse(in.readLine(), "");
        } catch (IOException e) {
            throw new UncheckedIOException("The number can't be read", e);
        }
    }
}
