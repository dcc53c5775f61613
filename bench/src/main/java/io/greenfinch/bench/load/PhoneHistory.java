package io.greenfinch.bench.load;

import java.util.Map;
import tools.jackson.databind.JsonNode;

/** An account whose phone has a made-up history, of which its gateway is told when it is linked. */
record PhoneHistory(Fleet fleet, int chats, int messages) {

    /** An instance that has read all of it. */
    record Read(Fleet.Linked instance, double seconds) {}

    /** Of so many messages a part tells at most. */
    private static final int CHUNK = 100_000;

    int all() {
        return chats * messages;
    }

    /** The chat of this number. */
    String chat(int number) {
        return (15_560_000_000L + number) + "@c.us";
    }

    /** Links an account, and waits until its history is read. */
    Read link() throws Exception {
        String phone = fleet.service().person();
        var _ = fleet.http()
                .postText(
                        fleet.admin("/admin/people/" + phone + "/history"),
                        Http.JSON.writeValueAsString(
                                Map.of("chats", chats, "messages", messages, "chunk", CHUNK, "days", 20)));
        long begin = System.nanoTime();
        Fleet.Linked instance = fleet.link(phone);
        JsonNode told = fleet.http().get(fleet.method(instance, "getWaSettings"));
        while (told.get("historySyncProgress").asInt() < 100) {
            Thread.sleep(50);
            told = fleet.http().get(fleet.method(instance, "getWaSettings"));
        }
        return new Read(instance, (System.nanoTime() - begin) / 1e9);
    }
}
