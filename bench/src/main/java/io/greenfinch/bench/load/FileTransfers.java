package io.greenfinch.bench.load;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;

/**
 * Fifty files at the same time, each of another instance, from the form to WhatsApp's acknowledgement: what the gateway takes for them
 * beyond what it had. Each must have been shown by its receiver's phone.
 */
final class FileTransfers {

    private static final int FILES = 50;
    private static final int SIZE = Integer.getInteger("files.size", 4_000_000);
    private static final double BUDGET_MIB = 128;
    private static final String BOUNDARY = "between-the-parts-of-a-form";

    private FileTransfers() {}

    /** A file on its way. */
    private record Given(Fleet.Linked instance, String receiver, String id) {}

    static List<Load.Figure> measure(Path launcher, Path folder) throws Exception {
        try (Fleet fleet = new Fleet(launcher, folder, Map.of("delaySendMessagesMilliseconds", 0));
                People people = new People(fleet);
                Caller caller = new Caller(fleet.apiUrl());
                HttpClient client = HttpClient.newHttpClient()) {
            List<Fleet.Linked> instances = fleet.link(FILES);
            List<String> receivers = people.create(FILES);
            byte[] file = new byte[SIZE];
            new Random(1).nextBytes(file);
            long before = fleet.gateway().residentKib();
            long begin = System.nanoTime();
            List<Callable<Given>> senders = new ArrayList<>();
            for (int i = 0; i < FILES; i++) {
                Fleet.Linked instance = instances.get(i);
                String receiver = receivers.get(i);
                senders.add(() ->
                        new Given(instance, receiver, send(client, fleet.apiUrl(), instance, form(receiver, file))));
            }
            List<Given> given = Together.run(senders);
            for (Given each : given) {
                String path = Fleet.path(each.instance(), "getMessagesCount");
                while (!caller.call("GET", path, "").equals("{\"count\":0}")) {
                    Thread.sleep(20);
                }
            }
            double seconds = (System.nanoTime() - begin) / 1e9;
            for (Given each : given) {
                if (!people.seen(each.receiver()).contains(each.id())) {
                    throw new IllegalStateException("a phone has not shown its file");
                }
            }
            long most = fleet.gateway().mostResidentKib();
            System.out.printf(
                    "%d files of %.1f MB in %.1f s; resident before: %d MiB, the most: %d MiB%n",
                    FILES, SIZE / 1e6, seconds, before / 1024, most / 1024);
            return List.of(Load.figure(
                    "resident memory for " + FILES + " files at once", (most - before) / 1024.0, "MiB", BUDGET_MIB));
        }
    }

    private static byte[] form(String receiver, byte[] file) {
        ByteArrayOutputStream form = new ByteArrayOutputStream(file.length + 500);
        form.writeBytes(("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"chatId\"\r\n\r\n" + receiver
                        + "@c.us\r\n--" + BOUNDARY
                        + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.bin\"\r\n"
                        + "Content-Type: application/octet-stream\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        form.writeBytes(file);
        form.writeBytes(("\r\n--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.US_ASCII));
        return form.toByteArray();
    }

    private static String send(HttpClient client, Object apiUrl, Fleet.Linked instance, byte[] form)
            throws IOException, InterruptedException {
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(URI.create(apiUrl + Fleet.path(instance, "sendFileByUpload")))
                        .timeout(Duration.ofMinutes(2))
                        .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                        .POST(HttpRequest.BodyPublishers.ofByteArray(form))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException("a file was answered " + answer.statusCode() + ": " + answer.body());
        }
        return Http.JSON.readTree(answer.body()).get("idMessage").asString();
    }
}
