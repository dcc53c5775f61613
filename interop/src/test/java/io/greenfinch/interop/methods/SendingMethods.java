package io.greenfinch.interop.methods;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;

/** Everything that is written in a chat, but files; and what is done to it later. */
final class SendingMethods implements Area {

    private final Caller caller;

    SendingMethods(Caller caller) {
        this.caller = caller;
    }

    @Override
    public Calls methods() {
        return new Calls()
                .with("sendMessage", this::text)
                .with("sendLink", this::link)
                .with("sendPoll", this::poll)
                .with("sendLocation", this::location)
                .with("sendContact", this::contact)
                .with("sendInteractiveButtons", this::buttons)
                .with("sendInteractiveButtonsReply", this::replies)
                .with("forwardMessages", this::forward)
                .with("editMessage", this::edit)
                .with("deleteMessage", this::delete)
                .with("sendTyping", this::typing);
    }

    private void text(RandomGenerator random) {
        Chat chat = caller.anyChat(random);
        String text = chat.newText();
        Map<String, Object> body = new HashMap<>(Map.of("message", text));
        Optional<SentMessage> quoted =
                random.nextInt(4) == 0 ? chat.untouched(random, false) : Optional.<SentMessage>empty();
        quoted.ifPresent(message -> body.put("quotedMessageId", message.id()));
        if (random.nextInt(4) == 0) {
            body.put("typingTime", 1_000);
        }
        send(chat, "sendMessage", body, text, quoted.isPresent() ? "quotedMessage" : "extendedTextMessage");
    }

    private void link(RandomGenerator random) {
        Chat chat = caller.anyChat(random);
        String text = chat.newText();
        send(chat, "sendLink", Map.of("urlLink", text), text, "extendedTextMessage");
    }

    private void poll(RandomGenerator random) {
        Chat chat = caller.anyChat(random);
        String question = chat.newText();
        List<Map<String, String>> options = List.of(Map.of("optionName", "green"), Map.of("optionName", "red"));
        Map<String, Object> body =
                Map.of("message", question, "options", options, "multipleAnswers", random.nextBoolean());
        send(chat, "sendPoll", body, "[poll] " + question, "pollMessage");
    }

    private void location(RandomGenerator random) {
        Chat chat = caller.anyChat(random);
        String name = chat.newText();
        send(
                chat,
                "sendLocation",
                Map.of("latitude", 51.5, "longitude", -0.25, "nameLocation", name),
                "[location] " + name,
                "locationMessage");
    }

    private void contact(RandomGenerator random) {
        Chat chat = caller.anyChat(random);
        String name = chat.newText();
        Map<String, Object> card = Map.of("phoneContact", 10_000_000_003L, "firstName", name);
        send(chat, "sendContact", Map.of("contact", card), "[contact] " + name, "contactMessage");
    }

    private void buttons(RandomGenerator random) {
        Chat chat = caller.anyChat(random);
        Map<String, String> copy = Map.of("type", "copy", "buttonId", "1", "buttonText", "Copy", "copyCode", "33");
        Map<String, Object> body = Map.of("body", chat.newText(), "buttons", List.of(copy));
        send(chat, "sendInteractiveButtons", body, "[interactive]", "interactiveButtons");
    }

    private void replies(RandomGenerator random) {
        Chat chat = caller.anyChat(random);
        Map<String, String> yes = Map.of("buttonId", "1", "buttonText", "Yes");
        Map<String, Object> body = Map.of("body", chat.newText(), "buttons", List.of(yes));
        send(chat, "sendInteractiveButtonsReply", body, "[interactive]", "interactiveButtonsReply");
    }

    private void send(Chat chat, String method, Map<String, Object> fields, String shown, String type) {
        Map<String, Object> body = new HashMap<>(fields);
        body.put("chatId", chat.chatId());
        Told told = caller.post(method, body);
        if (told.done()) {
            chat.took(new SentMessage(told.json().get("idMessage").asString(), method, shown, type));
        }
    }

    private void forward(RandomGenerator random) {
        Chat from = caller.anyChat(random);
        Chat to = caller.anyChat(random);
        List<SentMessage> passedOn = from.untouched(random, false).stream()
                .filter(message -> !message.method().startsWith("sendInteractive"))
                .filter(message -> !message.method().equals("sendPoll"))
                .toList();
        if (passedOn.isEmpty()) {
            return;
        }
        SentMessage message = passedOn.getFirst();
        Told told = caller.post(
                "forwardMessages",
                Map.of("chatId", to.chatId(), "chatIdFrom", from.chatId(), "messages", List.of(message.id())),
                "400 Message … has not been sent");
        caller.hold(
                told.done() || !message.isText() || !told.toString().contains("has not been sent"),
                "forwardMessages",
                "a text has no file that could be missing, and was told " + told);
        if (told.done()) {
            JsonNode ids = told.json().get("messages");
            caller.hold(ids.size() == 1, "forwardMessages", ids.size() + " ids for one message");
            String type = message.isText() ? "extendedTextMessage" : message.type();
            to.took(new SentMessage(ids.path(0).asString(), "forwardMessages", message.shown(), type));
        }
    }

    private void edit(RandomGenerator random) {
        Chat chat = caller.anyChat(random);
        chat.toChange(random, true).ifPresent(message -> {
            String text = chat.newText();
            send(
                    chat,
                    "editMessage",
                    Map.of("idMessage", message.id(), "message", text),
                    "edited a message: " + text,
                    "");
        });
    }

    private void delete(RandomGenerator random) {
        Chat chat = caller.anyChat(random);
        chat.toChange(random, false).ifPresent(message -> {
            boolean here = random.nextInt(3) == 0;
            Told told = caller.post(
                    "deleteMessage",
                    here
                            ? Map.of("chatId", chat.chatId(), "idMessage", message.id(), "onlySenderDelete", true)
                            : Map.of("chatId", chat.chatId(), "idMessage", message.id()));
            if (here && told.done()) {
                caller.hold(
                        AppState.of(caller).deletions().contains(message.id()),
                        "deleteMessage",
                        "not deleted on the account's own devices");
            }
        });
    }

    private void typing(RandomGenerator random) {
        String type = random.nextBoolean() ? "typing" : "recording";
        Map<String, Object> body = type.equals("typing")
                ? Map.of("chatId", caller.anyChat(random).chatId(), "typingTime", 1_000)
                : Map.of("chatId", caller.anyChat(random).chatId(), "typingTime", 1_000, "typingType", type);
        caller.post("sendTyping", body);
    }
}
