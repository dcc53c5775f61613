package io.greenfinch.bench.load;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A simulated WhatsApp in a process of its own, and what is done on its admin interface. */
record SimulatedService(AppProcess process, Http http) implements AutoCloseable {

    static SimulatedService start(Path launcher, Path folder, Http http) throws IOException, InterruptedException {
        return new SimulatedService(
                AppProcess.start(
                        launcher, folder.resolve("simulator.log"), "simulator", "--simulator-listen", "127.0.0.1:0"),
                http);
    }

    String chatUrl() {
        return process.value("Chat");
    }

    String rootKey() {
        return process.value("Root key");
    }

    URI adminUrl() {
        return URI.create(process.value("Simulator"));
    }

    String admin(String path) {
        return process.value("Simulator") + path;
    }

    /** The number of somebody new. */
    String person() throws IOException, InterruptedException {
        return http.post(admin("/admin/people"), Map.of()).get("phone").asString();
    }

    /** Somebody scans a code with their phone. */
    void scan(String phone, String qr) throws IOException, InterruptedException {
        var _ = http.postText(admin("/admin/mock-phone/scan-qr?acc=" + phone), qr);
    }

    /** The id of a new group of two. */
    String group(String creator, String member) throws IOException, InterruptedException {
        return http.post(
                        admin("/admin/groups"),
                        Map.of("subject", "Bench", "creator", creator, "members", List.of(member)))
                .get("id")
                .asString();
    }

    /** How many messages of companions it has taken. */
    int messages() throws IOException, InterruptedException {
        return http.get(admin("/admin/messages")).get("accepted").asInt();
    }

    /** How many companions are connected. */
    int connected() throws IOException, InterruptedException {
        return http.get(admin("/admin/connected")).get("connected").asInt();
    }

    @Override
    public void close() {
        process.close();
    }
}
