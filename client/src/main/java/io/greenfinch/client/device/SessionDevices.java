package io.greenfinch.client.device;

import io.greenfinch.client.stanza.Answer;
import io.greenfinch.client.stanza.Attempt;
import io.greenfinch.client.stanza.Exchange;
import io.greenfinch.client.stanza.Outcome;
import io.greenfinch.client.stanza.Question;
import io.greenfinch.client.stanza.Refusal;
import io.greenfinch.client.stanza.UsyncErrors;
import io.greenfinch.client.stanza.Verdict;
import io.greenfinch.client.stanza.Wire;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.BiConsumer;

/** The devices of people, from the book or by asking. */
public final class SessionDevices implements Devices {

    /** People in one question. */
    private static final int AT_A_TIME = 256;

    private final Wire wire;
    private final DeviceBook book;
    private final BiConsumer<Jid, Jid> named;

    /**
     * Devices over this wire.
     *
     * @param named told of two names of one person, on the session's thread
     */
    public SessionDevices(Wire wire, DeviceBook book, BiConsumer<Jid, Jid> named) {
        this.wire = wire;
        this.book = book;
        this.named = named;
    }

    @Override
    public Outcome<DeviceList> find(Jid person, Instant deadline) {
        Jid account = person.account();
        return find(List.of(account), deadline)
                .then(lists -> Optional.ofNullable(lists.get(account))
                        .<Outcome<DeviceList>>map(Outcome.Done::new)
                        .orElseGet(() -> new Outcome.Refused<>(Refusal.NOT_ON_WHATSAPP, 0)));
    }

    @Override
    public Outcome<Map<Jid, DeviceList>> find(List<Jid> people, Instant deadline) {
        Map<Jid, DeviceList> found = new HashMap<>();
        Set<Jid> unknown = new LinkedHashSet<>();
        for (Jid person : people) {
            Jid account = person.account();
            book.find(account).ifPresentOrElse(list -> found.put(account, list), () -> unknown.add(account));
        }
        List<Jid> asked = new ArrayList<>(unknown);
        for (int from = 0; from < asked.size(); from += AT_A_TIME) {
            List<Jid> part = asked.subList(from, Math.min(asked.size(), from + AT_A_TIME));
            Outcome<Map<Jid, DeviceList>> told =
                    Exchange.ask(wire, request(part), new DeviceQuestion(Set.copyOf(part), book, named), deadline);
            if (told.done().isEmpty()) {
                return told;
            }
            found.putAll(told.done().get());
        }
        return new Outcome.Done<>(found);
    }

    /** Asks for the devices of people; the book learns them too. */
    private record DeviceQuestion(Set<Jid> accounts, DeviceBook book, BiConsumer<Jid, Jid> named)
            implements Question<Map<Jid, DeviceList>> {

        @Override
        public Verdict<Map<Jid, DeviceList>> result(
                Attempt<Node, Map<Jid, DeviceList>> attempt, Node stanza, long reminder) {
            Optional<Verdict<Map<Jid, DeviceList>>> failure = UsyncErrors.verdict(stanza, "devices");
            if (failure.isPresent()) {
                return failure.get();
            }
            if (stanza.child("usync").flatMap(usync -> usync.child("list")).isEmpty()) {
                return new Verdict.Verify<>(0);
            }
            for (Node user : users(stanza)) {
                Optional<Jid> account = user.jid("jid").map(Jid::account).filter(accounts::contains);
                Optional<Jid> lid =
                        user.child("lid").flatMap(told -> told.jid("val")).filter(Jid::isLid);
                account.ifPresent(jid -> lid.ifPresent(told -> named.accept(jid, told.account())));
            }
            Map<Jid, DeviceList> told = read(stanza, accounts);
            told.values().forEach(book::learned);
            return Verdict.done(told);
        }

        @Override
        public Verdict<Map<Jid, DeviceList>> refused(
                Attempt<Node, Map<Jid, DeviceList>> attempt, Answer.Refused error, long reminder) {
            return error.judged();
        }
    }

    private static Node request(List<Jid> accounts) {
        Node.Builder list = Node.element("list");
        accounts.forEach(account -> list.child(Node.element("user").attribute("jid", account)));
        return Node.element("iq")
                .attribute("to", Jid.SERVER)
                .attribute("type", "get")
                .attribute("xmlns", "usync")
                .child(Node.element("usync")
                        .attribute("sid", "devices")
                        .attribute("mode", "query")
                        .attribute("last", "true")
                        .attribute("index", "0")
                        .attribute("context", "message")
                        .child(Node.element("query")
                                .child(Node.element("devices").attribute("version", "2"))
                                .child(Node.empty("lid")))
                        .child(list))
                .build();
    }

    private static List<Node> users(Node iq) {
        return iq.child("usync")
                .flatMap(usync -> usync.child("list"))
                .map(list -> list.children("user"))
                .orElse(List.of());
    }

    /** The lists that an answer has for these accounts; none for whom there is none, or none that can be. */
    static Map<Jid, DeviceList> read(Node iq, Set<Jid> accounts) {
        Map<Jid, DeviceList> told = new HashMap<>();
        for (Node user : users(iq)) {
            user.jid("jid")
                    .map(Jid::account)
                    .filter(accounts::contains)
                    .flatMap(account -> user.child("devices")
                            .flatMap(devices -> devices.child("device-list"))
                            .flatMap(list -> list(list, account)))
                    .ifPresent(list -> told.put(list.account(), list));
        }
        return told;
    }

    private static Optional<DeviceList> list(Node list, Jid account) {
        List<Jid> devices = new ArrayList<>();
        for (Node device : list.children("device")) {
            OptionalLong id = device.number("id");
            if (id.isPresent() && id.getAsLong() >= 0 && id.getAsLong() <= DeviceList.MAX_NUMBER) {
                devices.add(marked(device, account.withDevice((int) id.getAsLong())));
            }
        }
        // Of the hash beside it nothing is made: it is the server's word either way, and clients look at it nowhere
        // (§13.4).
        return DeviceList.of(account, devices);
    }

    /** The address of a device, by which a business host's is told from others (specification §13.3). */
    static Jid marked(Node device, Jid address) {
        return device.is("is_hosted", "true") ? address.hosted() : address;
    }
}
