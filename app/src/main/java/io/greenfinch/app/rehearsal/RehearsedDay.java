package io.greenfinch.app.rehearsal;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a gateway does all day, over HTTP and with a simulated WhatsApp: links an account, leaves groups and changes them, sends and
 * receives messages, tells of them by polling and by webhook, connects anew. Each often enough for the JVM to note how its code is used.
 */
final class RehearsedDay {

    private static final int TIMES = 300;
    private static final int WEBHOOKS = 50;
    private static final long PATIENCE_SECONDS = 60;
    private static final int PAUSE_MILLIS = 20;

    private final JsonMapper json = new JsonMapper();
    private final URI simulator;
    private final URI api;
    private final String partnerToken;

    RehearsedDay(URI simulator, URI api, String partnerToken) {
        this.simulator = simulator;
        this.api = api;
        this.partnerToken = partnerToken;
    }

    /** An instance as the partner method made it. */
    private record Caller(URI api, String id, String token) {
        URI method(String name) {
            return api.resolve("/waInstance" + id + "/" + name + "/" + token);
        }
    }

    void live() throws IOException, InterruptedException {
        String self = person("Anna");
        String other = person("Bob");
        Caller caller = link(self);
        messages(caller, self, other);
        leaves(caller, self, other);
        groups(caller, self, other);
        webhooks(caller, self, other);
        PlainHttp.call("GET", caller.method("reboot"), "");
        awaitState(caller);
    }

    private Caller link(String phone) throws IOException, InterruptedException {
        JsonNode created = post(
                api.resolve("/partner/createInstance/" + partnerToken),
                Map.of(
                        "name",
                        "rehearsal",
                        "incomingWebhook",
                        "yes",
                        "outgoingWebhook",
                        "yes",
                        "outgoingAPIMessageWebhook",
                        "yes",
                        "delaySendMessagesMilliseconds",
                        0));
        Caller caller = new Caller(
                api,
                created.path("idInstance").asString(),
                created.path("apiTokenInstance").asString());
        JsonNode code = post(caller.method("getAuthorizationCode"), Map.of("phoneNumber", Long.parseLong(phone)));
        post(
                simulator.resolve("/admin/mock-phone/enter-code"),
                Map.of("person", phone, "code", code.path("code").asString()));
        awaitState(caller);
        return caller;
    }

    private void awaitState(Caller caller) throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE_SECONDS * 1_000_000_000;
        while (!PlainHttp.call("GET", caller.method("getStatusInstance"), "").contains("online")) {
            if (System.nanoTime() > end) {
                throw new IOException("the rehearsed account did not come online");
            }
            Thread.sleep(PAUSE_MILLIS);
        }
    }

    private void messages(Caller caller, String self, String other) throws IOException {
        String group = group(self, other);
        for (int i = 0; i < TIMES; i++) {
            String chat = i % 3 == 0 ? group : other + "@c.us";
            post(caller.method("sendMessage"), Map.of("chatId", chat, "message", "This is message number " + i));
            post(
                    simulator.resolve("/admin/people/" + other + "/messages"),
                    Map.of("to", i % 3 == 0 ? group : self, "text", "This is answer number " + i));
            poll(caller);
        }
        for (int i = 0; i < 2 * TIMES; i++) {
            poll(caller);
        }
        post(caller.method("getChatHistory"), Map.of("chatId", other + "@c.us", "count", 10));
    }

    private void poll(Caller caller) throws IOException {
        JsonNode received = json.readTree(
                PlainHttp.call("GET", URI.create(caller.method("receiveNotification") + "?receiveTimeout=5"), ""));
        if (received.has("receiptId")) {
            PlainHttp.call(
                    "DELETE",
                    URI.create(caller.method("deleteNotification") + "/"
                            + received.path("receiptId").asLong()),
                    "");
        }
    }

    private void leaves(Caller caller, String self, String other) throws IOException {
        for (int i = 0; i < TIMES; i++) {
            String creator = i % 2 == 0 ? self : other;
            post(caller.method("leaveGroup"), Map.of("groupId", group(creator, creator.equals(self) ? other : self)));
        }
    }

    private void groups(Caller caller, String self, String other) throws IOException {
        String group = group(self, other);
        Map<String, Object> participant = Map.of("groupId", group, "participantChatId", other + "@c.us");
        for (int i = 0; i < TIMES / 10; i++) {
            post(caller.method("updateGroupName"), Map.of("groupId", group, "groupName", "Rehearsal " + i));
            post(caller.method("setGroupAdmin"), participant);
            post(caller.method("removeAdmin"), participant);
            post(caller.method("removeGroupParticipant"), participant);
            post(caller.method("addGroupParticipant"), participant);
            post(caller.method("getGroupData"), Map.of("groupId", group));
        }
    }

    private void webhooks(Caller caller, String self, String other) throws IOException, InterruptedException {
        try (RehearsedReceiver receiver = new RehearsedReceiver()) {
            PlainHttp.call("DELETE", caller.method("clearWebhooksQueue"), "");
            post(
                    caller.method("setSettings"),
                    Map.of("webhookUrl", receiver.url().toString()));
            for (int i = 0; i < WEBHOOKS; i++) {
                post(
                        simulator.resolve("/admin/people/" + other + "/messages"),
                        Map.of("to", self, "text", "Hook " + i));
            }
            receiver.await(WEBHOOKS, PATIENCE_SECONDS);
            post(caller.method("setSettings"), Map.of("webhookUrl", ""));
        }
    }

    private String person(String name) throws IOException {
        return post(simulator.resolve("/admin/people"), Map.of("name", name))
                .path("phone")
                .asString();
    }

    private String group(String creator, String member) throws IOException {
        return post(
                        simulator.resolve("/admin/groups"),
                        Map.of("subject", "Rehearsal", "creator", creator, "members", List.of(member)))
                .path("id")
                .asString();
    }

    private JsonNode post(URI url, Map<String, ?> body) throws IOException {
        return json.readTree(PlainHttp.call("POST", url, json.writeValueAsString(body)));
    }
}
