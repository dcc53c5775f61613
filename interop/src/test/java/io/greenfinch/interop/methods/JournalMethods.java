package io.greenfinch.interop.methods;

import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** What was written and who called: journals have what was taken at once. */
final class JournalMethods implements Area {

    private final Caller caller;

    JournalMethods(Caller caller) {
        this.caller = caller;
    }

    @Override
    public Calls methods() {
        return new Calls()
                .with("getChatHistory", this::history)
                .with("getMessage", this::message)
                .with("lastIncomingMessages", _ -> caller.query("lastIncomingMessages", "minutes=1"))
                .with("lastOutgoingMessages", _ -> caller.query("lastOutgoingMessages", "minutes=1"))
                .with("lastIncomingCalls", _ -> caller.query("lastIncomingCalls", "minutes=5"))
                .with("lastOutgoingCalls", _ -> caller.query("lastOutgoingCalls", "minutes=5"));
    }

    private void history(RandomGenerator random) {
        Chat chat = caller.anyChat(random);
        int count = 1 + random.nextInt(20);
        Told told = caller.post("getChatHistory", Map.of("chatId", chat.chatId(), "count", count));
        caller.hold(
                told.json().size() <= count
                        && told.json()
                                .valueStream()
                                .allMatch(item -> item.get("chatId").asString().equals(chat.chatId())),
                "getChatHistory",
                "too many, or of another chat");
    }

    private void message(RandomGenerator random) {
        Chat chat = caller.anyChat(random);
        Optional<SentMessage> message = chat.untouched(random, false);
        message.ifPresent(sent -> {
            Told told = caller.post("getMessage", Map.of("chatId", chat.chatId(), "idMessage", sent.id()));
            caller.hold(
                    told.done() && told.json().get("typeMessage").asString().equals(sent.type()),
                    "getMessage",
                    "%s is %s".formatted(sent, told.json().path("typeMessage").asString("not there")));
        });
    }
}
