package io.greenfinch.bench.load;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * How long the journals take to answer over a million messages in a thousand chats: {@code getChats}, and {@code getChatHistory} of
 * chats at random, one call after the other.
 */
final class JournalLatency {

    private static final int CHATS = Integer.getInteger("journals.chats", 1_000);
    private static final int EACH = Integer.getInteger("journals.each", 1_000);
    private static final int WARMUP = 50;
    private static final int LISTS = 200;
    private static final int HISTORIES = 2_000;
    private static final double LIST_BUDGET_MILLIS = 250;
    private static final double HISTORY_BUDGET_MILLIS = 50;

    private JournalLatency() {}

    private interface Call {
        void make() throws Exception;
    }

    static List<Load.Figure> measure(Path launcher, Path folder) throws Exception {
        try (Fleet fleet = new Fleet(launcher, folder)) {
            PhoneHistory history = new PhoneHistory(fleet, CHATS, EACH);
            PhoneHistory.Read read = history.link();
            System.out.printf("%d messages in %.1f s%n", history.all(), read.seconds());
            Random random = new Random(1);
            try (Caller caller = new Caller(fleet.apiUrl())) {
                String chats = Fleet.path(read.instance(), "getChats");
                String chat = Fleet.path(read.instance(), "getChatHistory");
                double[] lists = times(LISTS, () -> check(caller.call("GET", chats, ""), CHATS));
                double[] histories = times(
                        HISTORIES,
                        () -> check(
                                caller.post(chat, "{\"chatId\":\"" + history.chat(random.nextInt(CHATS)) + "\"}"),
                                Math.min(100, EACH)));
                return List.of(
                        figure("getChats, " + CHATS + " chats, p50", lists, 0.5, LIST_BUDGET_MILLIS),
                        figure("getChats, " + CHATS + " chats, p99", lists, 0.99, LIST_BUDGET_MILLIS),
                        figure("getChatHistory, 100 messages, p50", histories, 0.5, HISTORY_BUDGET_MILLIS),
                        figure("getChatHistory, 100 messages, p99", histories, 0.99, HISTORY_BUDGET_MILLIS));
            }
        }
    }

    private static Load.Figure figure(String what, double[] millis, double part, double budget) {
        return Load.figure(what, Load.quantile(millis, part), "ms", budget);
    }

    private static void check(String answer, int expected) {
        int found = Http.JSON.readTree(answer).size();
        if (found != expected) {
            throw new IllegalStateException("an answer has " + found + " items, not " + expected);
        }
    }

    /** In milliseconds, the shortest first. */
    private static double[] times(int count, Call call) throws Exception {
        for (int i = 0; i < WARMUP; i++) {
            call.make();
        }
        double[] millis = new double[count];
        for (int i = 0; i < count; i++) {
            long begin = System.nanoTime();
            call.make();
            millis[i] = (System.nanoTime() - begin) / 1e6;
        }
        Arrays.sort(millis);
        return millis;
    }
}
