package io.greenfinch.simulator.admin;

import com.google.protobuf.InvalidProtocolBufferException;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.proto.Message;
import io.greenfinch.simulator.account.NewChats;
import io.greenfinch.simulator.account.StatusPrivacy;
import io.greenfinch.simulator.group.Addressing;
import io.greenfinch.simulator.message.MessageCounts;
import io.greenfinch.simulator.phone.Chat;
import io.greenfinch.simulator.phone.ChatAction;
import io.greenfinch.simulator.phone.Phones;
import io.greenfinch.simulator.phone.SyntheticHistory;
import io.greenfinch.simulator.world.World;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** What people do in chats: write, answer, react, edit, take back, vote, read; and how many messages there were. */
final class MessageEndpoints {

    private static final String PHONE = "phone";
    private static final int CONFLICT = 409;
    private static final int LONGEST_TEXT = 65_536;
    private static final int LONGEST_EMOJI = 64;
    private static final int MOST_CHATS = 10_000;
    private static final int MOST_MESSAGES = 1_000_000;

    private final World world;
    private final Phones phones;
    private final PersonLookup people;

    private MessageEndpoints(World world, Phones phones) {
        this.world = world;
        this.phones = phones;
        this.people = new PersonLookup(world);
    }

    static void register(AdminHandler admin, World world, Phones phones, MessageCounts counts) {
        MessageEndpoints endpoints = new MessageEndpoints(world, phones);
        admin.on("GET", "/admin/messages", _ -> world.read(() -> show(counts.snapshot())))
                .on("POST", "/admin/people/{phone}/messages", endpoints::write)
                .on("POST", "/admin/people/{phone}/forget-sessions", endpoints::forgetSessions)
                .on("POST", "/admin/people/{phone}/history", endpoints::history)
                .on("POST", "/admin/people/{phone}/new-chats", endpoints::newChats)
                .on("POST", "/admin/people/{phone}/status-privacy", endpoints::statusPrivacy);
    }

    private static AdminAnswer show(MessageCounts.Snapshot counts) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("accepted", counts.accepted());
        shown.put("refused", counts.refused());
        shown.put("repeated", counts.repeated());
        shown.put("altered", counts.altered());
        shown.put("resent", counts.resent());
        shown.put("retries", counts.retries());
        return AdminAnswer.ok(shown);
    }

    private AdminAnswer write(AdminRequest request) {
        Supplier<ChatAction> action = action(request.input());
        return world.change(() -> answer(phones.write(people.at(request.parameter(PHONE)), action.get())));
    }

    /** Everything is checked at once, but people and groups are looked up when the world is locked. */
    private Supplier<ChatAction> action(Input input) {
        Optional<String> to = input.text("to");
        Optional<String> text = input.text("text");
        Optional<String> quote = input.text("quote");
        Optional<String> addressing = input.text("addressing");
        Optional<String> react = input.text("react");
        Optional<String> message = input.text("message");
        Optional<String> read = input.text("read");
        Optional<String> content = input.text("content");
        Optional<String> edit = input.text("edit");
        boolean delete = input.flag("delete").orElse(false);
        List<String> vote = input.texts("vote");
        boolean votes = input.has("vote");
        List<String> audience = input.texts("audience");
        input.end();
        boolean texts = to.isPresent() || quote.isPresent() || addressing.isPresent();
        long changes = Stream.of(react.isPresent(), edit.isPresent(), delete, votes)
                .filter(given -> given)
                .count();
        if ((texts ? 1 : 0) + changes + (read.isPresent() ? 1 : 0) != 1
                || (!texts && (text.isPresent() || content.isPresent()))
                || (text.isPresent() && content.isPresent())
                || (changes == 1) != message.isPresent()) {
            throw BadInput.malformed("either \"to\" and \"text\" or \"content\", or \"message\" and one of \"react\","
                    + " \"edit\", \"delete\" and \"vote\", or \"read\"");
        }
        if (edit.isPresent()) {
            String other = bounded(edit.get(), LONGEST_TEXT, "edit");
            return () -> new ChatAction.Edit(message.orElseThrow(), other);
        }
        if (delete) {
            return () -> new ChatAction.Deletion(message.orElseThrow());
        }
        if (votes) {
            return () -> new ChatAction.Vote(message.orElseThrow(), vote);
        }
        if (content.isPresent()) {
            String recipient = required(to, "to");
            Message any = message(content.get());
            return () -> new ChatAction.Content(chat(recipient, Addressing.LID, audience), any);
        }
        if (texts) {
            String recipient = required(to, "to");
            String body = bounded(required(text, "text"), LONGEST_TEXT, "text");
            Addressing mode = addressing
                    .map(name -> Addressing.parse(name)
                            .orElseThrow(() -> BadInput.malformed("\"addressing\" must be pn or lid")))
                    .orElse(Addressing.LID);
            return () -> new ChatAction.Text(chat(recipient, mode, audience), body, quote);
        }
        if (react.isPresent()) {
            String emoji = required(react, "react");
            if (emoji.length() > LONGEST_EMOJI) {
                throw BadInput.malformed("\"react\" must be an emoji, or empty");
            }
            String id = required(message, "message");
            return () -> new ChatAction.Reaction(id, emoji);
        }
        return () -> new ChatAction.Reading(read.orElseThrow());
    }

    /** A message of any kind, as it is encrypted. */
    private static Message message(String base64) {
        try {
            return Message.parseFrom(Base64.getDecoder().decode(base64));
        } catch (IllegalArgumentException | InvalidProtocolBufferException e) {
            throw BadInput.malformed("\"content\" must be a message as WhatsApp encrypts it, in base64");
        }
    }

    private static String required(Optional<String> value, String name) {
        return value.orElseThrow(() -> BadInput.malformed("\"" + name + "\" is missing"));
    }

    private static String bounded(String text, int most, String name) {
        if (text.isEmpty() || text.length() > most) {
            throw BadInput.malformed("\"" + name + "\" must have 1 to " + most + " characters");
        }
        return text;
    }

    /** Status updates, which go to {@code audience}; the group with this id, else the person who is called so. */
    private Chat chat(String to, Addressing mode, List<String> audience) {
        if (to.equals(Jid.STATUS.toString())) {
            return new Chat.Status(audience.stream().map(people::named).toList());
        }
        return people.group(to).<Chat>map(Chat.InGroup::new).orElseGet(() -> new Chat.Direct(people.named(to), mode));
    }

    private static AdminAnswer answer(ChatAction.Outcome outcome) {
        return switch (outcome) {
            case ChatAction.Outcome.Done(String id) -> AdminAnswer.created(Map.of("id", id));
            case ChatAction.Outcome.UnknownMessage(String id) ->
                AdminAnswer.error(404, "the phone knows no message " + id);
            case ChatAction.Outcome.Offline _ -> AdminAnswer.error(CONFLICT, "the phone is offline");
            case ChatAction.Outcome.Refused(int code) -> {
                Map<String, Object> body = new LinkedHashMap<>();
                body.put("error", "the service did not take the message");
                body.put("code", code);
                yield new AdminAnswer(CONFLICT, body);
            }
        };
    }

    /** What the phone had before all that happens here; companions that are linked already are not told of it. */
    private AdminAnswer history(AdminRequest request) {
        Input input = request.input();
        int chats = input.number("chats", 1, MOST_CHATS).orElse(10);
        int messages = input.number("messages", 1, MOST_MESSAGES).orElse(100);
        int chunk = input.number("chunk", 1, MOST_MESSAGES).orElse(10_000);
        int seed = input.number("seed", 0, Integer.MAX_VALUE).orElse(1);
        int days = input.number("days", 1, 10_000).orElse(20);
        input.end();
        if ((long) chats * messages > MOST_MESSAGES) {
            throw BadInput.malformed("more than " + MOST_MESSAGES + " messages in all");
        }
        return world.change(() -> {
            phones.synthetic(
                    people.at(request.parameter(PHONE)),
                    new SyntheticHistory(
                            chats,
                            messages,
                            chunk,
                            seed,
                            Duration.ofDays(days),
                            world.clock().instant()));
            return AdminAnswer.nothing();
        });
    }

    private AdminAnswer newChats(AdminRequest request) {
        Input input = request.input();
        NewChats.Rule rule = switch (input.requiredText("rule")) {
            case "allowed" -> NewChats.Rule.ALLOWED;
            case "with-token" -> NewChats.Rule.WITH_TOKEN;
            case "refused" -> NewChats.Rule.REFUSED;
            default -> throw BadInput.malformed("\"rule\" must be allowed, with-token or refused");
        };
        input.end();
        return world.change(() -> {
            people.at(request.parameter(PHONE)).newChats().rule(rule);
            return AdminAnswer.nothing();
        });
    }

    private AdminAnswer statusPrivacy(AdminRequest request) {
        Input input = request.input();
        StatusPrivacy.Rule rule = StatusPrivacy.Rule.of(input.requiredText("rule"))
                .orElseThrow(() -> BadInput.malformed("\"rule\" must be contacts, whitelist or blacklist"));
        List<String> named = input.texts("people");
        input.end();
        return world.change(() -> {
            people.at(request.parameter(PHONE))
                    .statusPrivacy(new StatusPrivacy(
                            rule, named.stream().map(people::named).toList()));
            return AdminAnswer.nothing();
        });
    }

    private AdminAnswer forgetSessions(AdminRequest request) {
        request.input().end();
        return world.change(() -> {
            phones.forgetSessions(people.at(request.parameter(PHONE)));
            return AdminAnswer.nothing();
        });
    }
}
