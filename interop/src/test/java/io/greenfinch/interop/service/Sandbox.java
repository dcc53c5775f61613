package io.greenfinch.interop.service;

import io.greenfinch.interop.program.AppProcess;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** A sandbox of the built app, as its {@code sandbox.json} tells. {@link #close} kills it. */
public record Sandbox(
        AppProcess app,
        Gateway gateway,
        SimulatorAdmin simulator,
        String rootKey,
        String partnerToken,
        List<Group> groups,
        List<Resident> people)
        implements AutoCloseable {

    /**
     * A group that the sandbox starts with.
     *
     * @param admin whether the instance's account is an admin of it
     */
    public record Group(String id, String subject, boolean admin) {}

    /** A simulated person. */
    public record Resident(String name, String phone) {}

    /** Starts one with its data in a folder, without rate limits of ours. */
    public static Sandbox start(Path data, String... more) {
        String[] options = Stream.concat(Stream.of("--rate-limits", "off"), Stream.of(more))
                .toArray(String[]::new);
        AppProcess app = AppProcess.sandbox(data, options);
        JsonNode json = AppProcess.sandboxFile(data);
        return new Sandbox(
                app,
                new Gateway(
                        URI.create(json.get("apiUrl").asString()),
                        json.get("idInstance").asString(),
                        json.get("apiTokenInstance").asString()),
                new SimulatorAdmin(URI.create(json.get("simulatorUrl").asString())),
                json.get("rootKey").asString(),
                json.get("partnerToken").asString(),
                json.get("groups")
                        .valueStream()
                        .map(each -> new Group(
                                each.get("id").asString(),
                                each.get("subject").asString(),
                                each.get("admin").asBoolean()))
                        .toList(),
                json.get("people")
                        .valueStream()
                        .map(each -> new Resident(
                                each.get("name").asString(), each.get("phone").asString()))
                        .toList());
    }

    /** The group of a subject. */
    public Group group(String subject) {
        return groups.stream()
                .filter(group -> group.subject().equals(subject))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void close() {
        app.close();
    }
}
