package io.greenfinch.gateway.contact;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.gateway.Gateway;
import io.greenfinch.gateway.TestGateway;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;

/** Changes contacts and the archive by calls to a gateway that may be gone at any moment. For one thread. */
final class AppStateCalls {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HttpClient http;
    private final String apiUrl;
    private final Gateway.NewInstance instance;
    private final AppStatePromises promises;
    private final Random random;

    AppStateCalls(
            HttpClient http, String apiUrl, Gateway.NewInstance instance, AppStatePromises promises, Random random) {
        this.http = http;
        this.apiUrl = apiUrl;
        this.instance = instance;
        this.promises = promises;
        this.random = random;
    }

    /**
     * Changes something about somebody, as a user might who knows what is there.
     *
     * @throws IOException when the gateway is gone, and nobody knows what became of the call
     */
    void change(String phone) throws IOException, InterruptedException {
        if (random.nextInt(3) == 0) {
            archive(phone, random.nextBoolean());
        } else {
            contact(phone);
        }
    }

    private void archive(String phone, boolean archived) throws IOException, InterruptedException {
        call(
                archived ? "archiveChat" : "unarchiveChat",
                Map.of("chatId", phone + "@c.us"),
                AddressBook.archive(phone),
                archived ? AddressBook.ARCHIVED : AppStatePromises.NOTHING);
    }

    private void contact(String phone) throws IOException, InterruptedException {
        String thing = AddressBook.contact(phone);
        Set<String> there = promises.of(thing);
        boolean mayBeMissing = there.contains(AppStatePromises.NOTHING);
        boolean mayBeThere = there.size() > 1 || !mayBeMissing;
        if (mayBeThere && random.nextInt(3) == 0) {
            call("deleteContact", Map.of("chatId", phone + "@c.us"), thing, AppStatePromises.NOTHING);
        } else {
            String name = "N" + random.nextInt(1_000_000_000);
            boolean add = mayBeMissing && (!mayBeThere || random.nextBoolean());
            call(add ? "addContact" : "editContact", Map.of("chatId", phone + "@c.us", "firstName", name), thing, name);
        }
    }

    private void call(String method, Map<String, ?> body, String thing, String value)
            throws IOException, InterruptedException {
        Set<String> before = promises.asked(thing, value);
        HttpResponse<String> response = http.send(
                HttpRequest.newBuilder(URI.create(apiUrl + TestGateway.path(instance, method)))
                        .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)))
                        .timeout(PATIENCE)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        int status = response.statusCode();
        String reason = response.headers().firstValue("Greenfinch-Reason").orElse("");
        if (status == 200) {
            promises.kept(thing, value);
        } else if (!reason.equals("unknown")) {
            // Whether somebody is a contact can be a question only after a call without an answer.
            boolean doubted = before.size() > 1 && (status == 400 || status == 404);
            assertThat(reason.equals("not-sent") || doubted)
                    .as("%s of %s, which may be %s: %d %s %s", method, thing, before, status, reason, response.body())
                    .isTrue();
            promises.refused(thing, before);
        }
    }
}
