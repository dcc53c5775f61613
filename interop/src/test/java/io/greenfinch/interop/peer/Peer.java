package io.greenfinch.interop.peer;

import io.greenfinch.interop.program.Checkout;
import io.greenfinch.interop.service.Person;
import io.greenfinch.interop.service.SimulatorAdmin;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * A third-party client, linked to one account. Each wait has a deadline and ends, when that passes, in an {@link AssertionError} that
 * carries what the client told and the end of its log. Thread-safe. {@link #close} kills the process.
 */
public final class Peer implements AutoCloseable {
    private static final Duration DEADLINE = Duration.ofSeconds(30);
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final PeerKind kind;
    private final String name;
    private final Driver driver;

    private Peer(PeerKind kind, String name, Driver driver) {
        this.kind = kind;
        this.name = name;
        this.driver = driver;
    }

    /** Starts a client that is not linked yet, on a simulator. */
    public static Peer start(PeerKind kind, String name, SimulatorAdmin simulator) {
        return start(kind, name, simulator, false);
    }

    /** The same; it waits for the history of its phone. */
    public static Peer startWithHistory(PeerKind kind, String name, SimulatorAdmin simulator) {
        return start(kind, name, simulator, true);
    }

    private static Peer start(PeerKind kind, String name, SimulatorAdmin simulator, boolean history) {
        Path log = Checkout.folder()
                .resolve("interop/target/peers/%d-%02d-%s-%s.log"
                        .formatted(ProcessHandle.current().pid(), NUMBERS.incrementAndGet(), name, kind));
        return new Peer(
                kind, name, Driver.start(kind.command(simulator.chatUrl(), simulator.rootKey(), name, history), log));
    }

    /** Links it by QR to the account of its name and waits for an open connection. Returns the account. */
    public Person link(SimulatorAdmin simulator) {
        simulator.scan(pair(), name);
        return awaitOpen();
    }

    public PeerKind kind() {
        return kind;
    }

    /** Asks for linking and returns the first QR text. */
    public String pair() {
        return call("pair", Map.of()).get("qr").asString();
    }

    /** Asks for a code to be typed on the phone with this number; a new one each time. */
    public String pairByCode(String phone) {
        return call("pairByCode", Map.of("phone", phone)).get("code").asString();
    }

    /** Waits for an open connection and tells whose it is. */
    public Person awaitOpen() {
        JsonNode self = call("awaitOpen", Map.of());
        return new Person(name, self.get("pn").asString(), self.get("lid").asString());
    }

    /** Connects with the credentials it has and waits until that is done. */
    public void connect() {
        call("connect", Map.of());
    }

    /** Closes the connection and stays linked. */
    public void disconnect() {
        call("disconnect", Map.of());
    }

    /** Unlinks this client from its account. */
    public void logout() {
        call("logout", Map.of());
    }

    /** Creates a group with these people, by JID. */
    public PeerGroup createGroup(String subject, String... people) {
        return PeerGroup.read(call("createGroup", Map.of("subject", subject, "people", people)));
    }

    /** Creates a community; returns the id of its parent group. */
    public String createCommunity(String subject) {
        return call("createCommunity", Map.of("subject", subject)).get("id").asString();
    }

    /** Puts a group into a community. */
    public void link(String community, String group) {
        call("linkGroup", Map.of("group", community, "child", group));
    }

    /** The groups of a community, names by ids. */
    public Map<String, String> linkedGroups(String community) {
        Map<String, String> groups = new LinkedHashMap<>();
        call("linkedGroups", Map.of("group", community))
                .valueStream()
                .forEach(each -> groups.put(
                        each.get("id").asString(), each.get("subject").asString()));
        return groups;
    }

    /** Asks the service for a group. */
    public PeerGroup group(String id) {
        return PeerGroup.read(call("groupMetadata", Map.of("group", id)));
    }

    /** Asks the service for all groups this account is in. */
    public List<PeerGroup> groups() {
        return call("participating", Map.of())
                .valueStream()
                .map(PeerGroup::read)
                .toList();
    }

    /** Adds, removes, promotes or demotes people; returns the service's code for each, 200 for done. */
    public Map<String, Integer> change(String group, PeerEvent.Kind action, String... people) {
        String verb = action.name().toLowerCase(java.util.Locale.ROOT);
        return codes(call("participants", Map.of("group", group, "action", verb, "people", people)));
    }

    /** Tries to add somebody who may only be invited; returns the invitation that the service gives. */
    public PeerInvitation invite(String group, String person) {
        JsonNode result = call("participants", Map.of("group", group, "action", "add", "people", List.of(person)))
                .get(0);
        JsonNode invitation = result.get("invitation");
        return new PeerInvitation(
                result.get("code").asInt(),
                invitation.get("code").asString(),
                invitation.get("expiration").asLong());
    }

    /** Comes into a group with an invitation. */
    public void accept(String group, String inviter, PeerInvitation invitation) {
        Map<String, Object> shown = Map.of("code", invitation.code(), "expiration", invitation.expiration());
        call("accept", Map.of("group", group, "inviter", inviter, "invitation", shown));
    }

    /** Has admins decide who comes in, or not. */
    public void approval(String group, boolean on) {
        call("setApproval", Map.of("group", group, "on", on));
    }

    /** JIDs of those who wait to be let in. */
    public List<String> joinRequests(String group) {
        return call("joinRequests", Map.of("group", group))
                .valueStream()
                .map(each -> each.get("jid").asString())
                .toList();
    }

    /** Lets people in, or turns them away; returns the service's code for each, 200 for done. */
    public Map<String, Integer> decide(String group, boolean approve, String... people) {
        String action = approve ? "approve" : "reject";
        return codes(call("decide", Map.of("group", group, "action", action, "people", people)));
    }

    /** The code of a group's invite link. */
    public String inviteCode(String group) {
        return call("inviteCode", Map.of("group", group)).get("code").asString();
    }

    /** Gives a group another invite link; returns its code. */
    public String resetInvite(String group) {
        return call("inviteCode", Map.of("group", group, "reset", true))
                .get("code")
                .asString();
    }

    /** The group that an invite link leads to, without its members. */
    public PeerGroup inviteInfo(String code) {
        return PeerGroup.read(call("inviteInfo", Map.of("code", code)));
    }

    /** Joins by a link, or asks to be let in: not every client tells which it was. */
    public void join(String code) {
        call("join", Map.of("code", code));
    }

    private static Map<String, Integer> codes(JsonNode results) {
        Map<String, Integer> codes = new LinkedHashMap<>();
        results.valueStream()
                .forEach(result -> codes.put(
                        result.get("jid").asString(), result.get("code").asInt()));
        return codes;
    }

    public void rename(String group, String subject) {
        call("setSubject", Map.of("group", group, "subject", subject));
    }

    /** Leaves a group. Neither client looks at the result for the single group: returning says only that there was an answer. */
    public void leave(String group) {
        call("leave", Map.of("group", group));
    }

    /** Writes to a person or a group; returns the message's id. Baileys does not wait for the service's word. */
    public String sendText(String chat, String text) {
        return call("sendText", Map.of("chat", chat, "text", text)).get("id").asString();
    }

    /**
     * Posts a status update for these people, by JID; returns its id. Who may see what whatsmeow posts is for its account's own setting
     * to say.
     */
    public String postStatus(String text, String... people) {
        return call("sendText", Map.of("chat", "status@broadcast", "text", text, "people", people))
                .get("id")
                .asString();
    }

    /** Writes what is no text; returns the message's id. */
    public String send(String chat, String what, Map<String, ?> fields) {
        Map<String, Object> all = new LinkedHashMap<>(fields);
        all.put("chat", chat);
        all.put("what", what);
        return call("sendContent", all).get("id").asString();
    }

    /**
     * Does what all devices of the account learn.
     *
     * @param what {@code archive}, {@code pin}, {@code mute} or {@code contact}
     * @param about of an archived chat the id of the last message that came in
     */
    public void setState(String what, String chat, boolean on, String text, String about) {
        call("setState", Map.of("what", what, "chat", chat, "on", on, "text", text, "about", about));
    }

    /** Blocks somebody for its account, or takes that back. */
    public void block(Person person, boolean blocked) {
        call("block", Map.of("chat", person.pn(), "lid", person.lid(), "on", blocked));
    }

    /** Whom the account has blocked, by LID. */
    public List<String> blocked() {
        return call("blocked", Map.of()).valueStream().map(JsonNode::asString).toList();
    }

    /** What a business tells of itself, and Baileys what it offers. */
    public JsonNode business(Person person) {
        return call("business", Map.of("chat", person.pn()));
    }

    /** Loses its Signal sessions with these people, by LID; Baileys all of them, and sender keys as well. */
    public void forgetSessions(String... people) {
        call("forgetSessions", Map.of("people", people));
    }

    /** What a group message says, read with the keys that this client has; refused where they don't fit. No connection is needed. */
    public String open(PeerEvent.Sealed message) {
        return call(
                        "openSealed",
                        Map.of("group", message.chat(), "sender", message.sender(), "ciphertext", message.ciphertext()))
                .get("text")
                .asString();
    }

    /** Rejects a call. */
    public void reject(PeerEvent.Call offer) {
        call("rejectCall", Map.of("call", offer.id(), "from", offer.from()));
    }

    /** Waits for something to be seen, or to have been seen before. */
    public <E extends PeerEvent> E await(Class<E> type, Predicate<? super E> condition) {
        String what = "%s of %s".formatted(type.getSimpleName(), name);
        return driver.await(what, told -> read(told, type).filter(condition).findFirst(), DEADLINE);
    }

    /** Everything of one kind seen so far, oldest first. */
    public <E extends PeerEvent> List<E> seen(Class<E> type) {
        return read(driver.events().stream(), type).toList();
    }

    @Override
    public void close() {
        driver.close();
    }

    @Override
    public String toString() {
        return "%s (%s)".formatted(name, kind);
    }

    private JsonNode call(String command, Map<String, ?> fields) {
        return driver.call(command, fields, DEADLINE);
    }

    private static <E extends PeerEvent> Stream<E> read(Stream<JsonNode> told, Class<E> type) {
        return told.map(PeerEvent::read).filter(type::isInstance).map(type::cast);
    }
}
