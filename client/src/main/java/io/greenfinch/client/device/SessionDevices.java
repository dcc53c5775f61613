package io.greenfinch.client.device;

import io.greenfinch.client.stanza.Answer;
import io.greenfinch.client.stanza.Attempt;
import io.greenfinch.client.stanza.Exchange;
import io.greenfinch.client.stanza.Outcome;
import io.greenfinch.client.stanza.Question;
import io.greenfinch.client.stanza.Refusal;
import io.greenfinch.client.stanza.Verdict;
import io.greenfinch.client.stanza.Wire;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The devices of people, from the book or by asking. */
public final class SessionDevices implements Devices {

    private final Wire wire;
    private final DeviceBook book;

    public SessionDevices(Wire wire, DeviceBook book) {
        this.wire = wire;
        this.book = book;
    }

    @Override
    public Outcome<DeviceList> find(Jid person, Instant deadline) {
        Jid account = person.account();
        return book.find(account)
                .<Outcome<DeviceList>>map(Outcome.Done::new)
                .orElseGet(() -> Exchange.ask(wire, request(account), new DeviceQuestion(account, book), deadline));
    }

    /** Asks for the devices of one account; the book learns them too. */
    private record DeviceQuestion(Jid account, DeviceBook book) implements Question<DeviceList> {

        @Override
        public Verdict<DeviceList> result(Attempt<Node, DeviceList> attempt, Node stanza, long reminder) {
            Optional<DeviceList> told = read(stanza, account);
            told.ifPresent(book::learned);
            return told.map(Verdict::done).orElseGet(() -> Verdict.refused(Refusal.NOT_ON_WHATSAPP, 0));
        }

        @Override
        public Verdict<DeviceList> refused(Attempt<Node, DeviceList> attempt, Answer.Refused error, long reminder) {
            return Verdict.refused(Refusal.OTHER, error.code());
        }
    }

    private static Node request(Jid account) {
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
                                .child(Node.element("devices").attribute("version", "2")))
                        .child(Node.element("list").child(Node.element("user").attribute("jid", account))))
                .build();
    }

    /** The list inside the answer; empty when there is none, or none that can be. */
    static Optional<DeviceList> read(Node iq, Jid account) {
        List<Node> users = iq.child("usync")
                .flatMap(usync -> usync.child("list"))
                .map(list -> list.children("user"))
                .orElse(List.of());
        for (Node user : users) {
            if (user.jid("jid").map(Jid::account).filter(account::equals).isPresent()) {
                return user.child("devices")
                        .flatMap(devices -> devices.child("device-list"))
                        .flatMap(list -> list(list, account));
            }
        }
        return Optional.empty();
    }

    private static Optional<DeviceList> list(Node list, Jid account) {
        List<Integer> numbers = new ArrayList<>();
        for (Node device : list.children("device")) {
            OptionalLong id = device.number("id");
            if (id.isEmpty() || id.getAsLong() > DeviceList.MAX_NUMBER) {
                return Optional.empty();
            }
            numbers.add((int) id.getAsLong());
        }
        return DeviceList.of(account, numbers)
                .filter(read -> list.attribute("hash")
                        .filter(hash -> !read.hashes(hash))
                        .isEmpty());
    }
}
