package io.greenfinch.client.device;

import io.greenfinch.client.group.GroupAnswers;
import io.greenfinch.client.stanza.Answer;
import io.greenfinch.client.stanza.Exchange;
import io.greenfinch.client.stanza.Wire;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Finds out which devices somebody has: from the book, or by asking (specification §13). Thread-safe; blocks. */
public final class DeviceQuery {

    private final Wire wire;
    private final DeviceBook book;

    public DeviceQuery(Wire wire, DeviceBook book) {
        this.wire = wire;
        this.book = book;
    }

    /** The devices of an account, named by PN or LID. */
    public DeviceLookup ask(Jid person, Instant deadline) {
        Jid account = person.account();
        Optional<DeviceList> known = book.find(account);
        if (known.isPresent()) {
            return new DeviceLookup.Found(known.get());
        }
        Exchange exchange = new Exchange() {
            @Override
            public void answered(Answer answer) {
                if (answer instanceof Answer.Result result) {
                    read(result.iq(), account).ifPresent(book::learned);
                }
            }
        };
        Answer answer = wire.ask(request(account), deadline, exchange);
        while (answer instanceof Answer.Lost) {
            answer = wire.ask(request(account), deadline, exchange);
        }
        return switch (answer) {
            case Answer.Result result ->
                read(result.iq(), account)
                        .<DeviceLookup>map(DeviceLookup.Found::new)
                        .orElseGet(DeviceLookup.NotFound::new);
            case Answer.Refused refused -> new DeviceLookup.Refused(refused.code(), refused.text());
            default -> new DeviceLookup.NoAnswer(GroupAnswers.silence(answer));
        };
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
