package io.greenfinch.bench.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/**
 * An account whose devices share 20,000 entries, from the scan of the code until callers are told all of them: once told as snapshots
 * and once as patches, each of a gateway of its own, with the most memory that it has ever had. Then contacts are added, one after
 * the other; each must be known to the phone.
 */
final class AppStateTime {

    private static final int ENTRIES = Integer.getInteger("app-state.entries", 20_000);
    private static final int CONTACTS = ENTRIES * 2 / 5;
    private static final int ARCHIVED = ENTRIES * 3 / 10;
    private static final int MUTED = ENTRIES - CONTACTS - ARCHIVED;

    /** So many the phone is told to write in one request. */
    private static final int TOGETHER = 2_000;

    /** What is asked for costs the gateway more than what it is doing, if it is asked for often. */
    private static final int PAUSE_MILLIS = 250;

    private static final int NO_SNAPSHOT = 100_000;
    private static final int WARMUP = 20;
    private static final int ADDED = 100;
    private static final double BUDGET_SECONDS = 10;
    private static final double BUDGET_MIB = 150;
    private static final double ADD_BUDGET_MILLIS = 25;
    private static final double SLOW_ADD_BUDGET_MILLIS = 100;

    private AppStateTime() {}

    /** An account that is linked, and somebody whose chat is archived after all others. */
    private record Account(Fleet fleet, String phone, String friend) {}

    static List<Load.Figure> measure(Path launcher, Path folder) throws Exception {
        List<Load.Figure> figures = new ArrayList<>();
        for (String told : List.of("snapshots", "patches")) {
            try (Fleet fleet = new Fleet(launcher, Files.createDirectories(folder.resolve(told)));
                    People people = new People(fleet)) {
                if (told.equals("patches")) {
                    var _ = fleet.http().post(fleet.admin("/admin/settings"), Map.of("snapshotAfter", NO_SNAPSHOT));
                }
                figures.addAll(measure(fleet, people, told));
            }
        }
        return figures;
    }

    private static List<Load.Figure> measure(Fleet fleet, People people, String told) throws Exception {
        Account account = fill(fleet, people);
        List<String> added = people.create(WARMUP + ADDED);
        fleet.link(1); // so that what a first link takes is not counted
        long before = fleet.gateway().residentKib();
        double processor = fleet.gateway().processorSeconds();
        long begin = System.nanoTime();
        Fleet.Linked instance = fleet.link(account.phone());
        awaitAll(account, instance);
        double seconds = (System.nanoTime() - begin) / 1e9;
        long most = fleet.gateway().mostResidentKib();
        System.out.printf(
                "%d entries as %s in %.1f s; processor seconds: gateway %.1f; resident before: %d MiB, the most: %d"
                        + " MiB%n",
                ENTRIES, told, seconds, fleet.gateway().processorSeconds() - processor, before / 1024, most / 1024);
        double[] millis = add(fleet, instance, added);
        check(account, added);
        String what = ENTRIES + " entries of an app state as " + told;
        return List.of(
                Load.figure(what, seconds, "s", BUDGET_SECONDS),
                Load.figure(what + ", memory", (most - before) / 1024.0, "MiB", BUDGET_MIB),
                Load.figure("addContact after " + told + ", p50", Load.quantile(millis, 0.5), "ms", ADD_BUDGET_MILLIS),
                Load.figure(
                        "addContact after " + told + ", p99",
                        Load.quantile(millis, 0.99),
                        "ms",
                        SLOW_ADD_BUDGET_MILLIS));
    }

    /** The number of a stranger, who is on no service. */
    private static String stranger(int number) {
        return (15_570_000_000L + number) + "@s.whatsapp.net";
    }

    private static Account fill(Fleet fleet, People people) throws IOException, InterruptedException {
        Account account =
                new Account(fleet, fleet.service().person(), fleet.service().person());
        var _ = people.write(account.friend(), account.phone(), "Hello");
        write(account, MUTED, i -> Map.of("mute", stranger(i)));
        write(
                account,
                CONTACTS,
                i -> Map.of("contact", stranger(i), "fullName", "Contact " + i + " Ofmine", "firstName", "Contact"));
        write(account, ARCHIVED - 1, i -> Map.of("archive", stranger(i)));
        write(account, 1, _ -> Map.of("archive", account.friend()));
        return account;
    }

    /** What the phone does of this number. */
    private interface Doing {
        Map<String, Object> of(int number);
    }

    private static void write(Account account, int count, Doing doing) throws IOException, InterruptedException {
        for (int from = 0; from < count; from += TOGETHER) {
            List<Map<String, Object>> some = IntStream.range(from, Math.min(count, from + TOGETHER))
                    .mapToObj(doing::of)
                    .toList();
            var _ = account.fleet().http().postText(state(account), Http.JSON.writeValueAsString(some));
        }
    }

    private static String state(Account account) {
        return account.fleet().admin("/admin/people/" + account.phone() + "/app-state");
    }

    /** Until the chat is told as archived, which is known last of its collection, and all contacts are told. */
    private static void awaitAll(Account account, Fleet.Linked instance) throws IOException, InterruptedException {
        Http http = account.fleet().http();
        JsonNode chats = http.get(account.fleet().method(instance, "getChats"));
        while (chats.isEmpty() || !chats.get(0).get("archive").asBoolean()) {
            Thread.sleep(PAUSE_MILLIS);
            chats = http.get(account.fleet().method(instance, "getChats"));
        }
        while (contacts(account, instance) < CONTACTS) {
            Thread.sleep(PAUSE_MILLIS);
        }
    }

    private static int contacts(Account account, Fleet.Linked instance) throws IOException, InterruptedException {
        int contacts = 0;
        for (JsonNode contact : account.fleet().http().get(account.fleet().method(instance, "getContacts"))) {
            contacts += contact.get("contactName").asString().isEmpty() ? 0 : 1;
        }
        return contacts;
    }

    /** The times of the later calls in milliseconds, the shortest first. */
    private static double[] add(Fleet fleet, Fleet.Linked instance, List<String> people) throws IOException {
        double[] millis = new double[ADDED];
        try (Caller caller = new Caller(fleet.apiUrl())) {
            for (int i = 0; i < people.size(); i++) {
                long begin = System.nanoTime();
                var _ = caller.post(
                        Fleet.path(instance, "addContact"),
                        "{\"chatId\":\"" + people.get(i) + "@c.us\",\"firstName\":\"Added\"}");
                if (i >= WARMUP) {
                    millis[i - WARMUP] = (System.nanoTime() - begin) / 1e6;
                }
            }
        }
        Arrays.sort(millis);
        return millis;
    }

    /** The phone has all of them, and no MAC was wrong. */
    private static void check(Account account, List<String> added) throws IOException, InterruptedException {
        int entries = 0;
        for (JsonNode collection : account.fleet().http().get(state(account))) {
            if (collection.get("broken").asBoolean()) {
                throw new IllegalStateException("the phone can't read " + collection.get("collection"));
            }
            entries += collection.get("collection").asString().equals("critical_block")
                    ? 0
                    : collection.get("entries").size();
        }
        if (entries != ENTRIES + added.size()) {
            throw new IllegalStateException("the phone knows of " + entries + " entries");
        }
    }
}
