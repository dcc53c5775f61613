package io.greenfinch.interop.delivery;

import io.greenfinch.interop.service.Gateway;
import io.greenfinch.interop.service.Gateway.Answer;
import io.greenfinch.interop.service.Subject;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;

/** An application that takes an instance's notifications, one after the other, as green-api.md §6.2 has it. Steps belong to one thread. */
final class Poller {

    private static final int PATIENCE = 5;

    /** One notification of so many is left where it is, to be told again. */
    private static final int LEFT = 10;

    private final Subject subject;
    private final Supplier<Optional<URI>> apiUrl;
    private final Witness witness;
    private final Map<Long, String> bodies = new HashMap<>();
    private final Set<Long> deleted = new HashSet<>();
    private final Map<String, Integer> statuses = new ConcurrentHashMap<>();
    private final Queue<String> untruths = new ConcurrentLinkedQueue<>();
    private final AtomicInteger repeats = new AtomicInteger();
    private long last;

    Poller(Subject subject, Supplier<Optional<URI>> apiUrl) {
        this.subject = subject;
        this.apiUrl = apiUrl;
        this.witness = new Witness("outbox of " + subject.account().name());
    }

    /** Takes one notification, if there is one soon. */
    void step(RandomGenerator random) {
        Optional<URI> present = apiUrl.get();
        if (present.isEmpty()) {
            return;
        }
        Gateway gateway = subject.at(present.get());
        try {
            Answer answer = gateway.receiveNotification(PATIENCE);
            if (answer.status() != 200) {
                untruths.add("%s: %d %s".formatted(witness.name, answer.status(), answer.body()));
            } else if (!answer.body().equals("null")) {
                long receipt = answer.json().get("receiptId").asLong();
                received(receipt, answer.json().get("body"));
                if (random.nextInt(LEFT) != 0) {
                    delete(gateway, receipt);
                }
            }
        } catch (UncheckedIOException e) {
            // the gateway was killed under way
        }
    }

    private void delete(Gateway gateway, long receipt) {
        Answer answer = gateway.deleteNotification(receipt);
        if (answer.status() == 200 && answer.json().get("result").asBoolean()) {
            deleted.add(receipt);
        } else {
            untruths.add("%s: deletion of what was just told: %d %s"
                    .formatted(witness.name, answer.status(), answer.body()));
        }
    }

    private void received(long receipt, JsonNode body) {
        String before = bodies.put(receipt, body.toString());
        if (deleted.contains(receipt)) {
            untruths.add("%s: %d was deleted, and comes again".formatted(witness.name, receipt));
        }
        if (before != null) {
            repeats.incrementAndGet();
            if (!before.equals(body.toString())) {
                untruths.add("%s: %d comes again as another".formatted(witness.name, receipt));
            }
            return;
        }
        if (receipt <= last) {
            untruths.add("%s: %d after %d".formatted(witness.name, receipt, last));
        }
        last = receipt;
        String id = body.path("idMessage").asString("");
        switch (body.get("typeWebhook").asString()) {
            case "outgoingMessageStatus" ->
                statuses.merge(id + " " + body.get("status").asString(), 1, Integer::sum);
            case "incomingMessageReceived", "outgoingMessageReceived", "outgoingAPIMessageReceived" ->
                witness.saw(
                        body.at("/messageData/textMessageData/textMessage")
                                .asString(body.at("/messageData/extendedTextMessageData/text")
                                        .asString("")),
                        id,
                        body.at("/senderData/chatId").asString(""));
            default -> untruths.add("%s: %s".formatted(witness.name, body.get("typeWebhook")));
        }
    }

    Subject subject() {
        return subject;
    }

    Witness witness() {
        return witness;
    }

    /** How often it was told that a message has come so far. */
    int told(String id, String status) {
        return statuses.getOrDefault(id + " " + status, 0);
    }

    /** What should not have been told. */
    Queue<String> untruths() {
        return untruths;
    }

    /** How many notifications were told again, since they were not deleted. */
    int repeats() {
        return repeats.get();
    }
}
