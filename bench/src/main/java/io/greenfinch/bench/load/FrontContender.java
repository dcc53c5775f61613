package io.greenfinch.bench.load;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A library behind a minimal HTTP front ({@code bench/peers}). */
final class FrontContender implements Contender {

    private static final int LOOK_MILLIS = 20;
    private static final int ATTEMPTS_TO_LINK = 3;
    private static final Duration TIME_TO_LINK = Duration.ofSeconds(60);

    private final String name;
    private final List<String> command;
    private final Path folder;
    private final Http http = new Http();
    private final SimulatedService service;
    private @Nullable AppProcess process;

    /** Starts the simulator that it will be on, and not itself yet. */
    FrontContender(String name, List<String> command, Path launcher, Path folder)
            throws IOException, InterruptedException {
        this.name = name;
        this.command = command;
        this.folder = folder;
        service = SimulatedService.start(launcher, folder, http);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public SimulatedService service() {
        return service;
    }

    @Override
    public AppProcess process() {
        if (process == null) {
            throw new IllegalStateException("not started");
        }
        return process;
    }

    @Override
    public void start() throws IOException, InterruptedException {
        if (process != null) {
            process.close();
        }
        String[] options = {
            "--url",
            service.chatUrl(),
            "--root",
            service.rootKey(),
            "--data",
            folder.resolve("data").toString()
        };
        process = AppProcess.start(command, folder.resolve("front.log"), options);
        var _ = http.getText(url("/health"));
    }

    /** A link that fails is begun anew, and told of: it counts in the time, as it would for whoever stands there with a phone. */
    @Override
    public void link(String phone) throws IOException, InterruptedException {
        for (int attempt = 1; !linked(phone); attempt++) {
            System.out.println(name + ": a link failed, attempt " + attempt);
            if (attempt == ATTEMPTS_TO_LINK) {
                throw new IOException(name + " did not link in " + attempt + " attempts");
            }
        }
    }

    private boolean linked(String phone) throws IOException, InterruptedException {
        String session = url("/sessions/" + phone);
        long end = System.nanoTime() + TIME_TO_LINK.toNanos();
        String scanned = "";
        var _ = http.postText(session + "/link", "");
        while (System.nanoTime() < end) {
            JsonNode state = http.get(session);
            String qr = state.path("qr").asString("");
            if (state.get("online").asBoolean()) {
                return true;
            } else if (!state.path("ended").asString("").isEmpty()) {
                return false;
            } else if (!qr.equals(scanned)) {
                service.scan(phone, qr);
                scanned = qr;
            }
            Thread.sleep(LOOK_MILLIS);
        }
        return false;
    }

    @Override
    public Call leave(String phone, String group) {
        return new Call("/sessions/" + phone + "/leave", Map.of("group", group));
    }

    @Override
    public Call text(String phone, String chat, String text) {
        return new Call("/sessions/" + phone + "/text", Map.of("chat", chat + "@s.whatsapp.net", "text", text));
    }

    private String url(String path) {
        return process().value("apiUrl") + path;
    }

    @Override
    public void close() {
        if (process != null) {
            process.close();
        }
        service.close();
        http.close();
    }
}
