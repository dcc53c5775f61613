package io.greenfinch.interop.peer;

import io.greenfinch.interop.service.Person;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** What a third-party client saw. */
public sealed interface PeerEvent {

    /** The connection is open. */
    record Opened(String pn, String lid) implements PeerEvent {}

    /** The connection is gone; the codes are those of Baileys: 401 logged out, 428 closed, 440 replaced, 515 restart. */
    record Closed(int code, String text) implements PeerEvent {}

    /** The client learned that it is in a group. */
    record Joined(PeerGroup group) implements PeerEvent {}

    /**
     * Members came, went or changed rank.
     *
     * @param actor who did it, as far as the client was told
     * @param people JIDs of those whom it happened to
     */
    record Changed(String group, Kind kind, Optional<String> actor, List<String> people) implements PeerEvent {

        /** Whether it was done by one and happened to the other, and to nobody else. */
        public boolean isBy(Person who, Person whom) {
            return actor.filter(who::isNamed).isPresent() && people.size() == 1 && whom.isNamed(people.getFirst());
        }
    }

    /** A group has another subject. */
    record Renamed(String group, Optional<String> actor, String subject) implements PeerEvent {}

    /** A setting of a group is on or off. */
    record SettingChanged(String group, Optional<String> actor, String name, boolean on) implements PeerEvent {}

    /** A group has another picture. */
    record PictureChanged(String group, Optional<String> actor) implements PeerEvent {}

    /**
     * Somebody asked to be let into a group, or does so no longer.
     *
     * @param person of whom Baileys speaks: whoever asked, even where it is told of another
     * @param what {@code created}, {@code revoked} by the person or {@code rejected}
     */
    record Requested(String group, Optional<String> actor, String person, String what) implements PeerEvent {}

    /** A group has another invite link. */
    record LinkReset(String group, String code) implements PeerEvent {}

    /**
     * A text or a reaction, of somebody else or of another device of the same account.
     *
     * @param sender who wrote it, as the client tells it
     * @param own whether it is of the same account
     * @param quoted id of the message that it answers
     * @param reactedTo id of the message to which {@code text} is the reaction
     */
    record Message(
            String chat,
            String sender,
            String id,
            boolean own,
            String text,
            Optional<String> quoted,
            Optional<String> reactedTo)
            implements PeerEvent {}

    /**
     * What is no text.
     *
     * @param what {@code location}, {@code contact}, {@code poll}, {@code edit}, {@code delete}; {@code vote} of whatsmeow alone
     * @param text what is written in it; of a vote, what was chosen
     * @param about id of the message that it is about
     */
    record Content(String chat, String sender, String id, boolean own, String what, String text, Optional<String> about)
            implements PeerEvent {}

    /**
     * A group message as it came, sealed with the sender's key for the group; Baileys alone tells it.
     *
     * @param sender the device that wrote
     * @param ciphertext in base64
     */
    record Sealed(String chat, String sender, String id, String ciphertext) implements PeerEvent {}

    /**
     * What became of a message of this client.
     *
     * @param what {@code delivered}, {@code read} or {@code refused}
     */
    record Receipt(String chat, String id, String what) implements PeerEvent {}

    /**
     * What another device of the account has done.
     *
     * @param what {@code archive}, {@code pin}, {@code mute}, {@code contact}; of whatsmeow {@code name} as well
     * @param about the chat or person
     * @param text what is written in it
     */
    record State(String what, String about, boolean on, String text) implements PeerEvent {}

    /**
     * Somebody calls, or something has happened to a call.
     *
     * @param from who calls
     * @param what {@code offer}, {@code accept}, {@code reject}, {@code terminate} or {@code timeout}
     * @param video of an offer, whether it is a video call
     */
    record Call(String id, String from, String what, boolean video) implements PeerEvent {}

    /** A part of what the phone had before: how many chats, and the ids of messages. */
    record History(int chats, List<String> messages) implements PeerEvent {}

    /** A change the client does not know. */
    record Unknown(String group, String tag) implements PeerEvent {}

    /** Anything else the driver tells. */
    record Other(String name) implements PeerEvent {}

    /** What happened to members. */
    enum Kind {
        ADD,
        REMOVE,
        LEAVE,
        PROMOTE,
        DEMOTE
    }

    static PeerEvent read(JsonNode json) {
        String name = json.get("event").asString();
        return switch (name) {
            case "open" -> new Opened(json.get("pn").asString(), json.get("lid").asString());
            case "close" ->
                new Closed(json.get("code").asInt(), json.get("text").asString());
            case "joined" -> new Joined(PeerGroup.read(json.get("group")));
            case "change" ->
                new Changed(
                        json.get("group").asString(),
                        Kind.valueOf(json.get("kind").asString().toUpperCase(java.util.Locale.ROOT)),
                        actor(json),
                        json.get("people")
                                .valueStream()
                                .map(each -> each.get("jid").asString())
                                .toList());
            case "subject" ->
                new Renamed(
                        json.get("group").asString(),
                        actor(json),
                        json.get("subject").asString());
            case "setting" ->
                new SettingChanged(
                        json.get("group").asString(),
                        actor(json),
                        json.get("name").asString(),
                        json.get("on").asBoolean());
            case "picture" -> new PictureChanged(json.get("group").asString(), actor(json));
            case "request" ->
                new Requested(
                        json.get("group").asString(),
                        actor(json),
                        json.get("person").asString(),
                        json.get("what").asString());
            case "link" ->
                new LinkReset(json.get("group").asString(), json.get("code").asString());
            case "message" ->
                new Message(
                        json.get("chat").asString(),
                        json.get("sender").asString(),
                        json.get("id").asString(),
                        json.get("own").asBoolean(),
                        json.get("text").asString(),
                        text(json.path("quoted")),
                        text(json.path("reactedTo")));
            case "content" ->
                new Content(
                        json.get("chat").asString(),
                        json.get("sender").asString(),
                        json.get("id").asString(),
                        json.get("own").asBoolean(),
                        json.get("what").asString(),
                        json.get("text").asString(),
                        text(json.path("about")));
            case "sealed" ->
                new Sealed(
                        json.get("chat").asString(),
                        json.get("sender").asString(),
                        json.get("id").asString(),
                        json.get("ciphertext").asString());
            case "receipt" ->
                new Receipt(
                        json.get("chat").asString(),
                        json.get("id").asString(),
                        json.get("what").asString());
            case "state" ->
                new State(
                        json.get("what").asString(),
                        json.get("about").asString(),
                        json.get("on").asBoolean(),
                        json.get("text").asString());
            case "call" ->
                new Call(
                        json.get("id").asString(),
                        json.get("from").asString(),
                        json.get("what").asString(),
                        json.get("video").asBoolean());
            case "history" ->
                new History(
                        json.get("chats").asInt(),
                        json.get("messages")
                                .valueStream()
                                .map(JsonNode::asString)
                                .toList());
            case "unknown" ->
                new Unknown(json.get("group").asString(), json.get("tag").asString());
            default -> new Other(name);
        };
    }

    private static Optional<String> actor(JsonNode json) {
        return text(json.path("actor"));
    }

    private static Optional<String> text(JsonNode json) {
        return json.isString() && !json.asString().isEmpty() ? Optional.of(json.asString()) : Optional.empty();
    }
}
