package io.greenfinch.bench.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** People of the simulated world who have a phone and nothing else. Thread-safe. */
final class People implements AutoCloseable {

    private final Fleet fleet;
    private final Caller caller;

    People(Fleet fleet) {
        this.fleet = fleet;
        this.caller = new Caller(fleet.adminUrl());
    }

    /** The numbers of so many new ones. */
    List<String> create(int count) throws IOException, InterruptedException {
        List<String> phones = new ArrayList<>();
        for (JsonNode person : fleet.http().post(fleet.admin("/admin/people"), Map.of("count", count))) {
            phones.add(person.get("phone").asString());
        }
        return phones;
    }

    /** One writes to somebody, or to a group; returns the id of the message. */
    String write(String from, String to, String text) throws IOException {
        String body = Http.JSON.writeValueAsString(Map.of("to", to, "text", text));
        return Http.JSON
                .readTree(caller.post("/admin/people/" + from + "/messages", body))
                .get("id")
                .asString();
    }

    /** The ids of the messages that a phone has shown, the last thousand of them. */
    List<String> seen(String phone) throws IOException, InterruptedException {
        List<String> ids = new ArrayList<>();
        for (JsonNode shown : fleet.http().get(fleet.admin("/admin/people/" + phone + "/seen"))) {
            if (shown.has("id")) {
                ids.add(shown.get("id").asString());
            }
        }
        return ids;
    }

    @Override
    public void close() throws IOException {
        caller.close();
    }
}
