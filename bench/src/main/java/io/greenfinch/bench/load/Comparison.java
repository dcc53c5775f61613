package io.greenfinch.bench.load;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;

/**
 * Measures Greenfinch and the libraries that other gateways are built on with the same program: {@code Comparison SCRIPT PEERS
 * [name …]}, where {@code PEERS} is the folder of what was built of {@code bench/peers}. Prints one table.
 */
public final class Comparison {

    private static final int FIRST_ANSWERS = 5;
    private static final int FEW = 50;
    private static final int LINKED_TOGETHER = 100;
    private static final int MANY = 500;
    private static final int LINKING_AT_A_TIME = 8;
    private static final int SETTLING_MILLIS = Integer.getInteger("comparison.settling", 30) * 1_000;
    private static final int LOOK_MILLIS = Integer.getInteger("comparison.look", 60) * 1_000;
    private static final int LEAVERS = 20;
    private static final int SEQUENTIAL = Integer.getInteger("comparison.leaves", 1_000);
    private static final int TOGETHER = 1_000;
    private static final int AT_ONCE = 32;
    private static final int TEXTS = 1_000;

    /** Linking takes Baileys more than a second each. */
    private static final Map<String, Integer> SIZES = Map.of("Baileys", LINKED_TOGETHER);

    private final Contender contender;
    private final Map<String, String> figures = new LinkedHashMap<>();
    private final List<String> phones = new ArrayList<>();

    private Comparison(Contender contender) {
        this.contender = contender;
    }

    public static void main(String[] arguments) throws Exception {
        Path launcher = Path.of(arguments[0]);
        Path peers = Path.of(arguments[1]);
        List<String> names = arguments.length > 2
                ? List.of(arguments).subList(2, arguments.length)
                : List.of("Greenfinch", "whatsmeow", "Baileys");
        Map<String, Map<String, String>> columns = new LinkedHashMap<>();
        for (String name : names) {
            Path folder = Files.createTempDirectory("greenfinch-comparison-");
            System.out.println("measuring " + name + ", logs in " + folder);
            try (Contender contender = contender(name, launcher, peers, folder)) {
                columns.put(name, new Comparison(contender).measure());
            }
        }
        print(columns);
    }

    private static Contender contender(String name, Path launcher, Path peers, Path folder)
            throws IOException, InterruptedException {
        return switch (name) {
            case "Greenfinch" -> new GreenfinchContender(launcher, folder);
            case "whatsmeow" ->
                new FrontContender(
                        name, List.of(peers.resolve("whatsmeow-front").toString()), launcher, folder);
            case "Baileys" ->
                new FrontContender(
                        name, List.of("node", peers.resolve("baileys/front.mjs").toString()), launcher, folder);
            default -> throw new IOException("there is no " + name + " to compare with");
        };
    }

    private Map<String, String> measure() throws Exception {
        firstAnswer();
        memory("empty");
        link(FEW);
        memory(FEW + " linked");
        leaves();
        texts();
        long begin = System.nanoTime();
        int before = phones.size();
        link(before + LINKED_TOGETHER);
        tell("linking " + LINKED_TOGETHER + ", " + LINKING_AT_A_TIME + " at once", seconds(begin), "s");
        link(Math.max(phones.size(), SIZES.getOrDefault(contender.name(), MANY)));
        memory(phones.size() + " linked");
        restart();
        return figures;
    }

    private void tell(String what, double value, String unit) {
        String figure = String.format(Locale.ROOT, value < 10 ? "%.2f" : "%.0f", value) + " " + unit;
        System.out.println(contender.name() + ": " + what + ": " + figure);
        figures.put(what, figure);
    }

    private void firstAnswer() throws Exception {
        List<Long> millis = new ArrayList<>();
        for (int i = 0; i < FIRST_ANSWERS; i++) {
            contender.start();
            millis.add(contender.process().age().toMillis());
        }
        millis.sort(null);
        tell("first HTTP answer, median of " + FIRST_ANSWERS, millis.get(FIRST_ANSWERS / 2), "ms");
    }

    /** Resident memory, and the processor time of doing nothing. */
    private void memory(String state) throws Exception {
        Thread.sleep(SETTLING_MILLIS);
        double before = contender.process().processorSeconds();
        Thread.sleep(LOOK_MILLIS);
        double percent = 100_000.0 * (contender.process().processorSeconds() - before) / LOOK_MILLIS;
        tell("resident memory, " + state, contender.process().residentKib() / 1024.0, "MiB");
        tell("idle processor time, " + state, percent, "% of a core");
    }

    private void link(int count) throws Exception {
        Semaphore places = new Semaphore(LINKING_AT_A_TIME);
        List<Callable<String>> work = new ArrayList<>();
        for (int i = phones.size(); i < count; i++) {
            work.add(() -> {
                places.acquire();
                try {
                    String phone = contender.service().person();
                    contender.link(phone);
                    return phone;
                } finally {
                    places.release();
                }
            });
        }
        phones.addAll(Together.run(work));
    }

    private void leaves() throws Exception {
        try (Caller caller = caller()) {
            List<Contender.Call> calls = leaves(SEQUENTIAL);
            double before = contender.process().processorSeconds();
            double[] millis = new double[calls.size()];
            for (int i = 0; i < millis.length; i++) {
                long begin = System.nanoTime();
                call(caller, calls.get(i));
                millis[i] = seconds(begin) * 1_000;
            }
            double processor = 1_000 * (contender.process().processorSeconds() - before) / calls.size();
            Arrays.sort(millis);
            tell("a leave, one after the other, p50", Load.quantile(millis, 0.5), "ms");
            tell("a leave, one after the other, p99", Load.quantile(millis, 0.99), "ms");
            tell("processor time of a leave", processor, "ms");
            tell("leaves, " + AT_ONCE + " at once", together(caller, leaves(TOGETHER)), "/s");
        }
    }

    /** Groups to leave, which everybody knows of by the time that this returns. */
    private List<Contender.Call> leaves(int count) throws Exception {
        String host = contender.service().person();
        List<Contender.Call> calls = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String phone = phones.get(i % LEAVERS);
            calls.add(contender.leave(phone, contender.service().group(host, phone)));
        }
        Thread.sleep(LOOK_MILLIS / 20);
        return calls;
    }

    /** Texts until WhatsApp has them all, whenever the caller is answered. */
    private void texts() throws Exception {
        List<Contender.Call> calls = new ArrayList<>();
        List<String> friends = new ArrayList<>();
        for (int i = 0; i < LEAVERS; i++) {
            friends.add(contender.service().person());
        }
        for (int i = 0; i < TEXTS; i++) {
            int who = i % LEAVERS;
            calls.add(contender.text(phones.get(who), friends.get(who), "This is message number " + i));
        }
        try (Caller caller = caller()) {
            for (Contender.Call first : calls.subList(0, LEAVERS)) {
                call(caller, first);
            }
            awaitTaken(LEAVERS);
            long begin = System.nanoTime();
            double before = contender.process().processorSeconds();
            together(caller, calls.subList(LEAVERS, TEXTS));
            awaitTaken(TEXTS);
            tell(
                    "texts, " + AT_ONCE + " calls at once, until WhatsApp has them",
                    (TEXTS - LEAVERS) / seconds(begin),
                    "/s");
            double processor = contender.process().processorSeconds() - before;
            tell("processor time of a text", 1_000 * processor / (TEXTS - LEAVERS), "ms");
        }
    }

    private void awaitTaken(int texts) throws Exception {
        while (contender.service().messages() < texts) {
            Thread.sleep(5);
        }
    }

    private void restart() throws Exception {
        int sessions = phones.size();
        contender.start();
        while (contender.service().connected() < sessions) {
            Thread.sleep(20);
        }
        tell(
                sessions + " sessions online after a restart",
                contender.process().age().toMillis() / 1_000.0,
                "s");
        memory(sessions + " after a restart");
    }

    private Caller caller() {
        return new Caller(URI.create(contender.process().value("apiUrl")));
    }

    private static double together(Caller caller, List<Contender.Call> calls) throws Exception {
        Semaphore places = new Semaphore(AT_ONCE);
        List<Callable<Boolean>> work = new ArrayList<>();
        for (Contender.Call each : calls) {
            work.add(() -> {
                places.acquire();
                try {
                    call(caller, each);
                    return true;
                } finally {
                    places.release();
                }
            });
        }
        long begin = System.nanoTime();
        Together.run(work);
        return calls.size() / seconds(begin);
    }

    private static void call(Caller caller, Contender.Call call) throws IOException {
        caller.post(call.path(), Http.JSON.writeValueAsString(call.body()));
    }

    private static double seconds(long begin) {
        return (System.nanoTime() - begin) / 1e9;
    }

    private static void print(Map<String, Map<String, String>> columns) {
        System.out.println("| | " + String.join(" | ", columns.keySet()) + " |");
        System.out.println("|---" + "|---".repeat(columns.size()) + "|");
        columns.values().stream()
                .flatMap(column -> column.keySet().stream())
                .distinct()
                .forEach(row -> System.out.println("| " + row + " | "
                        + columns.values().stream()
                                .map(column -> Objects.requireNonNullElse(column.get(row), "–"))
                                .collect(Collectors.joining(" | "))
                        + " |"));
    }
}
