package io.greenfinch.bench.load;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** A simulator and a gateway beside it, and any number of linked instances. */
final class Fleet implements AutoCloseable {

    private static final String PARTNER_TOKEN = "gac.bench-of-one-machine-and-no-secret";
    private static final String GATEWAY_LOG = "gateway.log";
    private static final int LINKING_AT_A_TIME = 32;

    private final Path launcher;
    private final Path folder;
    private final Map<String, Object> settings;
    private final Http http = new Http();
    private final SimulatedService service;
    private AppProcess gateway;

    Fleet(Path launcher, Path folder) throws IOException, InterruptedException {
        this(launcher, folder, Map.of());
    }

    /** The same; its instances have these settings. */
    Fleet(Path launcher, Path folder, Map<String, Object> settings) throws IOException, InterruptedException {
        this.launcher = launcher;
        this.folder = folder;
        this.settings = settings;
        service = SimulatedService.start(launcher, folder, http);
        gateway = startGateway();
    }

    /** An instance that is linked. */
    record Linked(String phone, long id, String token) {
        @Override
        public String toString() {
            return "Linked[" + id + "]";
        }
    }

    private AppProcess startGateway() throws IOException, InterruptedException {
        return AppProcess.start(
                launcher,
                folder.resolve(GATEWAY_LOG),
                "serve",
                "--no-first-instance",
                "--data",
                folder.resolve("data").toString(),
                "--listen",
                "127.0.0.1:0",
                "--partner-token",
                PARTNER_TOKEN,
                "--rate-limits",
                "off",
                "--min-send-delay",
                "0",
                "--whatsapp-url",
                service.chatUrl(),
                "--whatsapp-root-key",
                service.rootKey());
    }

    Http http() {
        return http;
    }

    AppProcess gateway() {
        return gateway;
    }

    AppProcess simulator() {
        return service.process();
    }

    SimulatedService service() {
        return service;
    }

    /** Stops the gateway and starts it on the same data. */
    void restartGateway() throws IOException, InterruptedException {
        gateway.close();
        gateway = startGateway();
    }

    String admin(String path) {
        return service.admin(path);
    }

    URI adminUrl() {
        return service.adminUrl();
    }

    URI apiUrl() {
        return URI.create(gateway.value("apiUrl"));
    }

    String method(Linked linked, String name) {
        return gateway.value("apiUrl") + path(linked, name);
    }

    /** Links so many new accounts, a few at a time. */
    List<Linked> link(int count) throws InterruptedException, ExecutionException {
        Semaphore places = new Semaphore(LINKING_AT_A_TIME);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Linked>> futures = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                places.acquire();
                futures.add(threads.submit(() -> {
                    try {
                        return link(service.person());
                    } finally {
                        places.release();
                    }
                }));
            }
            List<Linked> linked = new ArrayList<>();
            for (Future<Linked> future : futures) {
                linked.add(future.get());
            }
            return linked;
        }
    }

    /** Links somebody's account. */
    Linked link(String phone) throws IOException, InterruptedException {
        Map<String, Object> instance = new HashMap<>(settings);
        instance.put("name", phone);
        JsonNode created = http.post(gateway.value("apiUrl") + "/partner/createInstance/" + PARTNER_TOKEN, instance);
        Linked linked = new Linked(
                phone,
                created.get("idInstance").asLong(),
                created.get("apiTokenInstance").asString());
        JsonNode code = http.get(method(linked, "qr"));
        while (!code.get("type").asString().equals("qrCode")) {
            Thread.sleep(50);
            code = http.get(method(linked, "qr"));
        }
        service.scan(phone, ScannedQr.text(code.get("message").asString()));
        while (!isOnline(linked)) {
            Thread.sleep(20);
        }
        return linked;
    }

    boolean isOnline(Linked linked) throws IOException, InterruptedException {
        return http.getText(method(linked, "getStatusInstance")).contains("online");
    }

    /** How many instances the gateway has logged to be online since it was started. */
    int toldOnline() throws IOException {
        try (Stream<String> lines = Files.lines(folder.resolve(GATEWAY_LOG))) {
            return (int) lines.filter(line -> line.endsWith(" is online")).count();
        }
    }

    /** The path of a method of an instance. */
    static String path(Linked linked, String name) {
        return "/waInstance" + linked.id() + "/" + name + "/" + linked.token();
    }

    /** Waits until the instances have acknowledged all that they were sent. */
    void awaitAcknowledged(List<Linked> linked) throws IOException, InterruptedException {
        for (Linked each : linked) {
            while (unacknowledged(each) > 0) {
                Thread.sleep(20);
            }
        }
    }

    private int unacknowledged(Linked linked) throws IOException, InterruptedException {
        int stanzas = 0;
        for (JsonNode device :
                http.get(admin("/admin/people/" + linked.phone())).get("devices")) {
            stanzas += device.get("unacknowledged").asInt();
        }
        return stanzas;
    }

    /** How many companions are connected, as the simulator counts. */
    int connected() throws IOException, InterruptedException {
        return service.connected();
    }

    @Override
    public void close() {
        gateway.close();
        service.close();
        http.close();
    }
}
