package io.greenfinch.client;

import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** People with devices on the {@link FakeServer}, who can be written to; other answers are left to {@code next}. */
final class FakePeople {

    private final List<FakeDevice> devices = new CopyOnWriteArrayList<>();
    private final Map<String, Jid> spellings = new ConcurrentHashMap<>();
    private final Function<Node, List<Node>> next;
    private volatile Function<Node, List<Node>> taking = message -> List.of(taken(message));

    FakePeople(Function<Node, List<Node>> next) {
        this.next = next;
    }

    /** Somebody has this device. */
    FakeDevice add(Jid address) {
        FakeDevice device = new FakeDevice(address);
        devices.add(device);
        return device;
    }

    /** This is another way to write somebody's number. */
    void spell(String digits, Jid owner) {
        spellings.put(digits, owner);
    }

    /** Messages are answered like this. */
    void taking(Function<Node, List<Node>> answer) {
        taking = answer;
    }

    /** That the server has taken a message. */
    static Node taken(Node message) {
        return acknowledgement(message).build();
    }

    static Node.Builder acknowledgement(Node message) {
        return Node.element("ack")
                .attribute("class", "message")
                .attribute("id", message.attribute("id").orElseThrow())
                .attribute("from", message.jid("to").orElseThrow())
                .attribute("t", 1795400001);
    }

    /** For {@link FakeServer#script}. */
    List<Node> answer(Node request) {
        if (request.tag().equals("message")) {
            return taking.apply(request);
        }
        if (request.is("xmlns", "usync") && asks(request, "devices")) {
            return List.of(deviceLists(request));
        }
        if (request.is("xmlns", "usync") && asks(request, "contact")) {
            return List.of(registered(request));
        }
        if (request.is("xmlns", "encrypt") && request.child("key").isPresent()) {
            Node.Builder list = Node.element("list");
            for (Node user : request.child("key").get().children("user")) {
                find(user.jid("jid").orElseThrow()).ifPresent(device -> list.child(device.bundle()));
            }
            return List.of(FakeConnection.result(request).child(list).build());
        }
        return next.apply(request);
    }

    /** What was written to a device in a message; empty when it got none. */
    static Optional<Node> encFor(Node message, Jid device) {
        return message.child("participants").stream()
                .flatMap(all -> all.children("to").stream())
                .filter(to -> to.jid("jid").filter(device::equals).isPresent())
                .flatMap(to -> to.child("enc").stream())
                .findFirst();
    }

    private static boolean asks(Node request, String about) {
        return request.child("usync")
                .flatMap(usync -> usync.child("query"))
                .flatMap(query -> query.child(about))
                .isPresent();
    }

    /** Each number is that of who is said to have it, or nobody's. */
    private Node registered(Node request) {
        Node.Builder list = Node.element("list");
        for (Node user :
                request.child("usync").orElseThrow().child("list").orElseThrow().children("user")) {
            String number = user.child("contact").orElseThrow().contentText();
            Optional<Jid> owner = Optional.ofNullable(spellings.get(number.substring(1)));
            list.child(Node.element("user")
                    .attribute("jid", owner)
                    .child(Node.element("contact")
                            .attribute("type", owner.isPresent() ? "in" : "out")
                            .bytes(number.getBytes(StandardCharsets.US_ASCII))));
        }
        return FakeConnection.result(request)
                .child(Node.element("usync").child(list))
                .build();
    }

    private Optional<FakeDevice> find(Jid address) {
        return devices.stream().filter(device -> device.address.equals(address)).findFirst();
    }

    private Node deviceLists(Node request) {
        Node.Builder list = Node.element("list");
        for (Node user :
                request.child("usync").orElseThrow().child("list").orElseThrow().children("user")) {
            Jid account = user.jid("jid").orElseThrow();
            list.child(Node.element("user")
                    .attribute("jid", account)
                    .child(Node.element("devices").child(deviceList(account))));
        }
        return FakeConnection.result(request)
                .child(Node.element("usync").child(list))
                .build();
    }

    private Node.Builder deviceList(Jid account) {
        Node.Builder told = Node.element("device-list");
        List<Jid> addresses = new ArrayList<>();
        devices.stream()
                .map(device -> device.address)
                .filter(address -> address.account().equals(account))
                .forEach(addresses::add);
        if (account.equals(FakePhone.PN.account())) {
            addresses.add(FakePhone.PN);
        } else if (account.equals(FakePhone.LID.account())) {
            addresses.add(FakePhone.LID);
        }
        for (Jid address : addresses) {
            Node.Builder device = Node.element("device").attribute("id", address.device());
            if (address.device() > 0) {
                device.attribute("key-index", address.device());
            }
            if (address.isHosted()) {
                device.attribute("is_hosted", "true");
            }
            told.child(device);
        }
        return told;
    }
}
