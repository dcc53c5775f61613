package io.greenfinch.app.doctor;

import ch.qos.logback.classic.Level;
import io.greenfinch.app.cli.Failure;
import io.greenfinch.app.cli.Logs;
import io.greenfinch.app.cli.RefusedException;
import io.greenfinch.app.cli.Specs;
import io.greenfinch.app.cli.UsageException;
import io.greenfinch.app.doctor.Finding.Verdict;
import io.greenfinch.app.operator.Output;
import io.greenfinch.app.operator.RunningGateway;
import io.greenfinch.app.options.DataOption;
import io.greenfinch.app.options.GatewayOptions;
import io.greenfinch.app.options.WhatsAppOptions;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Looks for what keeps a gateway from working, and says what to do; changes nothing. */
public final class DoctorCommand implements Callable<Integer> {

    private final DataOption data = DataOption.ofGateway();
    private final WhatsAppOptions whatsApp = new WhatsAppOptions();
    private final OptionSpec publicUrl = Specs.option(
                    "--public-url",
                    URI.class,
                    "URL",
                    "The address that callers use, where it is to be looked at as well.")
            .build();
    private final OptionSpec json = Specs.flag("--json", "Print JSON, for programs.");
    private final CommandSpec spec = Specs.command(
            "doctor",
            this,
            "Looks at data folder, disk, clock, network, certificates and versions, and says what to do; fails when"
                    + " something keeps the gateway from working.");

    private DoctorCommand() {
        whatsApp.addTo(data.addTo(spec)).addOption(publicUrl).addOption(json);
    }

    /** The command. */
    public static CommandSpec spec() {
        return new DoctorCommand().spec;
    }

    @Override
    public Integer call() {
        Logs.configure(Level.ERROR, Logs.Format.text);
        Clock clock = Clock.systemUTC();
        URI service = withHost("--whatsapp-url", whatsApp.url());
        Optional<URI> address = Specs.<URI>optional(publicUrl).map(url -> withHost("--public-url", url));
        DataLook folder = new DataLook(data.folder(), GatewayOptions.masterKey());
        List<Finding> findings = new ArrayList<>(new MachineLook().look());
        findings.addAll(looked("data folder", folder::look));
        findings.addAll(looked("gateway", this::gateway));
        findings.addAll(looked("WhatsApp", new ServiceLook("WhatsApp", service, whatsApp.ca(), clock)::look));
        address.ifPresent(url -> findings.addAll(
                looked("public address", new ServiceLook("public address", url, Optional.empty(), clock)::look)));
        Output output = new Output(spec.commandLine().getOut(), Specs.given(json));
        print(findings, output);
        return findings.stream().anyMatch(finding -> finding.verdict() == Verdict.FAILED) ? 1 : 0;
    }

    private static URI withHost(String option, URI url) {
        if (url.getScheme() == null || url.getHost() == null || !url.getScheme().matches("(?i)https?|wss?")) {
            throw new UsageException(option + " must be an address with a scheme and a host");
        }
        return url;
    }

    /** What one look finds; that it fails is found as well, and keeps nobody from the others. */
    private static List<Finding> looked(String about, Supplier<List<Finding>> look) {
        try {
            return look.get();
        } catch (RuntimeException e) {
            return List.of(Finding.failed(about, Failure.sentence(e).replaceFirst("\\.$", ""), "look at the log"));
        }
    }

    private List<Finding> gateway() {
        try (RunningGateway gateway = RunningGateway.of(data.folder(), Optional.empty(), Optional.empty())) {
            return new GatewayLook(gateway).look();
        } catch (RefusedException e) {
            return List.of(Finding.warning(
                    "gateway", "none runs on " + data.folder(), "start it with: " + Specs.program() + " serve"));
        }
    }

    private static void print(List<Finding> findings, Output output) {
        if (output.json()) {
            ArrayNode all = JsonNodeFactory.instance.arrayNode();
            for (Finding finding : findings) {
                all.addObject()
                        .put("about", finding.about())
                        .put("verdict", word(finding))
                        .put("found", finding.found())
                        .put("remedy", finding.remedy());
            }
            output.value(all);
            return;
        }
        for (Finding finding : findings) {
            output.line("%-8s %s: %s".formatted(word(finding), finding.about(), finding.found()));
            if (!finding.remedy().isEmpty()) {
                output.line("%-8s %s".formatted("", "→ " + finding.remedy()));
            }
        }
    }

    private static String word(Finding finding) {
        return finding.verdict().name().toLowerCase(Locale.ROOT);
    }
}
