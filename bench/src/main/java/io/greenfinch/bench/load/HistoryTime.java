package io.greenfinch.bench.load;

import java.nio.file.Path;
import java.util.List;

/**
 * The history of a phone, from the scan of the code until all of it is in the journal: 100 chats with 100,000 messages, nearly all in
 * one part. The time includes what the simulator takes to make them up. The memory is the most that the gateway has had until then,
 * beyond what it had before.
 */
final class HistoryTime {

    private static final int CHATS = 100;
    private static final int EACH = Integer.getInteger("history.each", 1_000);
    private static final double BUDGET_SECONDS = 30;
    private static final double BUDGET_MIB = 150;

    private HistoryTime() {}

    static List<Load.Figure> measure(Path launcher, Path folder) throws Exception {
        try (Fleet fleet = new Fleet(launcher, folder)) {
            PhoneHistory history = new PhoneHistory(fleet, CHATS, EACH);
            fleet.link(1); // so that what a first link takes is not counted
            long before = fleet.gateway().residentKib();
            double processor = fleet.gateway().processorSeconds();
            PhoneHistory.Read read = history.link();
            long most = fleet.gateway().mostResidentKib();
            System.out.printf(
                    "%d messages in %.1f s; processor seconds: gateway %.1f; resident before: %d MiB, the most: %d MiB%n",
                    history.all(),
                    read.seconds(),
                    fleet.gateway().processorSeconds() - processor,
                    before / 1024,
                    most / 1024);
            check(fleet, history, read.instance());
            return List.of(
                    Load.figure(
                            "history of " + history.all() + " messages into the journal",
                            read.seconds(),
                            "s",
                            BUDGET_SECONDS),
                    Load.figure(
                            "history of " + history.all() + " messages, memory",
                            (most - before) / 1024.0,
                            "MiB",
                            BUDGET_MIB));
        }
    }

    private static void check(Fleet fleet, PhoneHistory history, Fleet.Linked instance) throws Exception {
        try (Caller caller = new Caller(fleet.apiUrl())) {
            for (int chat = 0; chat < CHATS; chat++) {
                String answer = caller.post(
                        Fleet.path(instance, "getChatHistory"),
                        "{\"chatId\":\"" + history.chat(chat) + "\",\"count\":10000}");
                int found = Http.JSON.readTree(answer).size();
                if (found != EACH) {
                    throw new IllegalStateException("a chat of " + EACH + " messages has " + found);
                }
            }
        }
    }
}
