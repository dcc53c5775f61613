package io.greenfinch.bench.load;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/**
 * Text messages a second, from the HTTP call to WhatsApp's acknowledgement. Callers give 20 instances messages as fast as these are
 * answered; the time ends when all queues are empty, which is when every message was acknowledged and that was stored. Each must have
 * been shown by its receiver's phone, once.
 */
final class MessageRate {

    private static final int INSTANCES = 20;

    /** Of each instance; those of a phone's last thousand messages that are asked for must be all. */
    private static final int RECEIVERS = 5;

    /** Of each instance. */
    private static final int CALLERS = 2;

    private static final int WARMUP = Integer.getInteger("messages.warmup", 2_000);
    private static final int EACH = Integer.getInteger("messages.each", 1_500);
    private static final double BUDGET = 1_000;

    private MessageRate() {}

    /** An instance, and those whom it writes to. */
    private record Sender(Fleet.Linked instance, List<String> receivers) {}

    /** A message, by the id that was answered. */
    private record Given(String receiver, String id) {}

    static List<Load.Figure> measure(Path launcher, Path folder) throws Exception {
        try (Fleet fleet = new Fleet(launcher, folder, Map.of("delaySendMessagesMilliseconds", 0));
                People people = new People(fleet);
                Caller caller = new Caller(fleet.apiUrl())) {
            List<Sender> senders = new ArrayList<>();
            for (Fleet.Linked instance : fleet.link(INSTANCES)) {
                Sender sender = new Sender(instance, people.create(RECEIVERS));
                senders.add(sender);
                for (String receiver : sender.receivers()) {
                    // A session is whole when both sides have written.
                    people.write(receiver, instance.phone(), "Hello");
                }
            }
            fleet.awaitAcknowledged(senders.stream().map(Sender::instance).toList());
            List<Given> given = new ArrayList<>(send(caller, senders, WARMUP));
            double gateway = fleet.gateway().processorSeconds();
            double simulator = fleet.simulator().processorSeconds();
            long begin = System.nanoTime();
            given.addAll(send(caller, senders, EACH));
            double seconds = (System.nanoTime() - begin) / 1e9;
            System.out.printf(
                    "%d messages in %.1f s; processor seconds: gateway %.1f, simulator %.1f%n",
                    INSTANCES * EACH,
                    seconds,
                    fleet.gateway().processorSeconds() - gateway,
                    fleet.simulator().processorSeconds() - simulator);
            check(people, senders, given);
            return List.of(Load.rate(
                    "text messages, HTTP in to server ack, " + INSTANCES + " instances",
                    INSTANCES * EACH / seconds,
                    BUDGET));
        }
    }

    /** Returns when all have left the queues. */
    private static List<Given> send(Caller caller, List<Sender> senders, int each) throws Exception {
        List<Callable<List<Given>>> callers = new ArrayList<>();
        for (Sender sender : senders) {
            for (int i = 0; i < CALLERS; i++) {
                int first = i;
                callers.add(() -> {
                    List<Given> given = new ArrayList<>();
                    for (int number = first; number < each; number += CALLERS) {
                        given.add(send(caller, sender, number));
                    }
                    return given;
                });
            }
        }
        List<Given> all = new ArrayList<>();
        Together.run(callers).forEach(all::addAll);
        for (Sender sender : senders) {
            String path = Fleet.path(sender.instance(), "getMessagesCount");
            while (!caller.call("GET", path, "").equals("{\"count\":0}")) {
                Thread.sleep(20);
            }
        }
        return all;
    }

    private static Given send(Caller caller, Sender sender, int number) throws Exception {
        String receiver = sender.receivers().get(number % RECEIVERS);
        String body = Http.JSON.writeValueAsString(
                Map.of("chatId", receiver + "@c.us", "message", "This is message number " + number));
        String answer = caller.post(Fleet.path(sender.instance(), "sendMessage"), body);
        return new Given(receiver, Http.JSON.readTree(answer).get("idMessage").asString());
    }

    private static void check(People people, List<Sender> senders, List<Given> given) throws Exception {
        Map<String, List<String>> expected = new HashMap<>();
        for (Given each : given) {
            expected.computeIfAbsent(each.receiver(), _ -> new ArrayList<>()).add(each.id());
        }
        for (Sender sender : senders) {
            for (String receiver : sender.receivers()) {
                List<String> ids = expected.getOrDefault(receiver, List.of());
                List<String> seen = people.seen(receiver);
                if (!seen.stream()
                        .sorted()
                        .toList()
                        .equals(ids.stream().sorted().toList())) {
                    throw new IllegalStateException(
                            "a phone has shown " + seen.size() + " messages of " + ids.size() + ", or other ones");
                }
            }
        }
    }
}
