package io.greenfinch.simulator.request;

import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import io.greenfinch.simulator.account.SimulatedAccount;
import io.greenfinch.simulator.group.ServiceRefusal;
import io.greenfinch.simulator.stanza.DeviceStanzas;
import io.greenfinch.simulator.world.World;
import java.util.List;
import java.util.Optional;

/** What a client wants to know of other people: devices, aliases, whether a number is on WhatsApp (specification §13). */
final class UsyncIq implements IqHandler {

    private static final String OLD_SERVER = "@c.us";
    private static final List<String> ECHOED = List.of("sid", "mode", "last", "index", "context");

    private final World world;

    UsyncIq(World world) {
        this.world = world;
    }

    @Override
    public IqAnswer answer(IqRequest request) {
        Node usync = request.child();
        Optional<Node> query = usync.child("query");
        Optional<Node> list = usync.child("list");
        if (query.isEmpty() || list.isEmpty()) {
            return IqAnswer.refused(ServiceRefusal.BAD_REQUEST);
        }
        List<Node> protocols = query.get().children();
        Node.Builder result = Node.element("result");
        protocols.forEach(protocol -> result.child(Node.empty(protocol.tag())));
        Node.Builder users = Node.element("list");
        list.get().children("user").forEach(user -> users.child(user(user, protocols)));
        Node.Builder answer = Node.element("usync");
        ECHOED.forEach(name -> usync.attribute(name).ifPresent(value -> answer.attribute(name, value)));
        return IqAnswer.result(answer.child(result).child(users).build());
    }

    private Node user(Node user, List<Node> protocols) {
        Optional<Node> contact = user.child("contact");
        Node.Builder answer = Node.element("user");
        Optional<Jid> asked = user.jid("jid").map(Jid::account);
        Optional<SimulatedAccount> account;
        if (asked.isPresent()) {
            answer.attribute("jid", asked.get());
            account = world.accounts().find(asked.get());
        } else if (contact.isPresent()) {
            account = byNumber(contact.get().contentText());
            name(answer, contact.get().contentText(), account);
        } else {
            return answer.build();
        }
        boolean byLid = asked.filter(Jid::isLid).isPresent();
        for (Node protocol : protocols) {
            protocol(protocol.tag(), account, byLid, contact).ifPresent(answer::child);
        }
        return answer.build();
    }

    /** Somebody asked for by number is named by number, or by LID if the question had the old form (specification §13). */
    private static void name(Node.Builder answer, String asked, Optional<SimulatedAccount> account) {
        if (account.isEmpty()) {
            String digits = digits(asked);
            if (!digits.isEmpty()) {
                answer.attribute("jid", Jid.pn(digits));
            }
        } else if (asked.endsWith(OLD_SERVER)) {
            answer.attribute("jid", account.get().lid());
            answer.attribute("pn_jid", account.get().pn());
        } else {
            answer.attribute("jid", account.get().pn());
        }
    }

    private Optional<Node> protocol(
            String name, Optional<SimulatedAccount> account, boolean byLid, Optional<Node> contact) {
        return switch (name) {
            case "contact" -> Optional.of(contact(account, contact));
            case "devices" -> account.map(found -> DeviceStanzas.devices(world, found, byLid));
            case "lid" ->
                account.map(found ->
                        Node.element("lid").attribute("val", found.lid()).build());
            case "disappearing_mode" ->
                account.map(_ -> Node.element("disappearing_mode")
                        .attribute("duration", 0)
                        .attribute("t", 0)
                        .build());
            default -> Optional.empty();
        };
    }

    private static Node contact(Optional<SimulatedAccount> account, Optional<Node> asked) {
        String type;
        if (account.isPresent()) {
            type = "in";
        } else {
            type = asked.isPresent() && digits(asked.get().contentText()).isEmpty() ? "invalid" : "out";
        }
        return Node.element("contact")
                .attribute("type", type)
                .bytes(asked.map(Node::content).orElse(new byte[0]))
                .build();
    }

    private Optional<SimulatedAccount> byNumber(String text) {
        return world.accounts().byContact(digits(text));
    }

    /** The digits of a number in any of the forms clients write it in; empty when it is none. */
    private static String digits(String text) {
        String number = text.endsWith(OLD_SERVER) ? text.substring(0, text.length() - OLD_SERVER.length()) : text;
        String digits = number.startsWith("+") ? number.substring(1) : number;
        return digits.matches("[0-9]{5,15}") ? digits : "";
    }
}
