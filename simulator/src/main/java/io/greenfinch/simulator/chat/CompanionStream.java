package io.greenfinch.simulator.chat;

import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import io.greenfinch.simulator.account.ClientIntro;
import io.greenfinch.simulator.account.Companion;
import io.greenfinch.simulator.account.Line;
import io.greenfinch.simulator.account.Mailbox;
import io.greenfinch.simulator.fault.Effect;
import io.greenfinch.simulator.fault.Party;
import io.greenfinch.simulator.group.ServiceRefusal;
import io.greenfinch.simulator.request.IqAnswer;
import io.greenfinch.simulator.stanza.ServerStanzas;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A linked companion that is logged in (specification §9, §10, §15, §21). Guarded by the world's lock. */
final class CompanionStream implements Stream, Line {

    private static final Logger log = LoggerFactory.getLogger(CompanionStream.class);

    /**
     * A companion that unlinks itself gets to work on the answer first: whatsmeow, told both at once, deletes its keys twice and reports that as
     * an error.
     */
    private static final Duration LAST_MOMENT = Duration.ofMillis(300);

    private final ChatService service;
    private final ConnectionWriter writer;
    private final Companion device;
    private final Party party;
    private final ClientIntro intro;
    private boolean gone;

    CompanionStream(ChatService service, ConnectionWriter writer, Companion device, ClientIntro intro) {
        this.service = service;
        this.writer = writer;
        this.device = device;
        this.intro = intro;
        this.party = new Party(device.account().number(), device.account().lid().user(), device.number());
    }

    Companion device() {
        return device;
    }

    @Override
    public ClientIntro intro() {
        return intro;
    }

    Party party() {
        return party;
    }

    ConnectionWriter writer() {
        return writer;
    }

    ChatService service() {
        return service;
    }

    /** Greets the companion and sends what waited for it, then says that this was all (specification §10.1). */
    void begin() {
        device.connect(this);
        writer.send(Node.element("success")
                .attribute("t", service.world().seconds())
                .attribute("lid", device.lid())
                .attribute("display_name", device.account().displayName())
                .attribute("location", "greenfinch")
                .build());
        Mailbox mailbox = device.mailbox();
        List<Node> waiting = mailbox.waiting();
        if (!waiting.isEmpty()) {
            writer.send(ServerStanzas.information().child(preview(waiting)).build());
        }
        for (int i = 0; i < waiting.size(); i++) {
            push(waiting.get(i).toBuilder().attribute("offline", i).build());
        }
        writer.send(ServerStanzas.information()
                .child(Node.element("offline").attribute("count", waiting.size()))
                .build());
        if (!Arrays.equals(intro.routingInfo(), service.routingInfo())) {
            writer.send(ServerStanzas.information()
                    .child(Node.element("edge_routing").child(Node.bytes("routing_info", service.routingInfo())))
                    .build());
        }
        if (mailbox.lostStanzas() > 0) {
            writer.send(ServerStanzas.information()
                    .child(Node.element("dirty")
                            .attribute("type", "groups")
                            .attribute("timestamp", service.world().seconds()))
                    .build());
            mailbox.forgetLosses();
        }
    }

    private static Node preview(List<Node> waiting) {
        Map<String, Integer> counts = new HashMap<>();
        waiting.forEach(stanza -> counts.merge(stanza.tag(), 1, Integer::sum));
        return Node.element("offline_preview")
                .attribute("count", waiting.size())
                .attribute("message", counts.getOrDefault("message", 0))
                .attribute("receipt", counts.getOrDefault("receipt", 0))
                .attribute("notification", counts.getOrDefault("notification", 0))
                .attribute("appdata", 0)
                .attribute("call", counts.getOrDefault("call", 0))
                .build();
    }

    @Override
    public boolean changes(Node stanza) {
        return switch (stanza.tag()) {
            case "ack", "ib", "chatstate" -> false;
            case "iq" -> !stanza.is("xmlns", "w:p") && (stanza.is("type", "get") || stanza.is("type", "set"));
            default -> true;
        };
    }

    @Override
    public void received(Node stanza, long received) {
        if (gone) {
            return;
        }
        switch (stanza.tag()) {
            case "iq" -> iq(stanza, received);
            case "message" -> new MessageDispatch(this, stanza).begin();
            case "receipt" -> receipt(stanza);
            case "ack" -> acknowledged(stanza.attribute("class").orElse(""), stanza);
            case "presence" -> presence(stanza);
            case "call" -> call(stanza);
            case "chatstate" -> service.chatStates().received(device, stanza);
            case "ib" -> log.debug("not acted upon: {}", stanza);
            default -> log.info("a stanza that is not known here: {}", stanza);
        }
    }

    private void iq(Node iq, long received) {
        switch (iq.attribute("type").orElse("")) {
            case "get", "set" -> new IqDispatch(this, iq, received).begin();
            case "result", "error" -> log.debug("an answer: {}", iq);
            default ->
                writer.send(IqAnswer.refused(ServiceRefusal.BAD_REQUEST)
                        .stanza(iq, service.world().seconds()));
        }
    }

    /** A receipt for a message counts as its acknowledgement, is acknowledged itself and passed on (specification §15). */
    private void receipt(Node receipt) {
        acknowledged("message", receipt);
        Node.Builder ack = Node.element("ack")
                .attribute("class", "receipt")
                .attribute("id", receipt.attribute("id").orElse(""))
                .attribute("from", receipt.jid("to").orElse(Jid.SERVER))
                .attribute("participant", receipt.jid("participant"));
        receipt.attribute("type").ifPresent(type -> ack.attribute("type", type));
        writer.send(ack.build());
        service.messages().receipt(device, receipt);
    }

    private void call(Node call) {
        Node.Builder ack = Node.element("ack")
                .attribute("class", "call")
                .attribute("id", call.attribute("id").orElse(""))
                .attribute("from", call.jid("to").orElse(Jid.SERVER));
        call.children().stream().findFirst().ifPresent(said -> ack.attribute("type", said.tag()));
        writer.send(ack.build());
        service.calls().received(device, call);
    }

    /** A receipt may name further stanzas in a list. */
    private void acknowledged(String kind, Node by) {
        by.attribute("id").ifPresent(id -> acknowledged(kind, id, by));
        by.child("list")
                .ifPresent(list -> list.children("item")
                        .forEach(item -> item.attribute("id").ifPresent(id -> acknowledged(kind, id, by))));
    }

    private void acknowledged(String kind, String id, Node by) {
        if (!device.mailbox().acknowledge(kind, id, by)) {
            log.debug("an acknowledgement of nothing: {}", by);
        }
    }

    private void presence(Node presence) {
        presence.attribute("name")
                .filter(name -> !name.isBlank())
                .ifPresent(name -> service.world().accounts().rename(device.account(), name));
        service.presences().received(device, presence);
    }

    @Override
    public void push(Node stanza) {
        Optional<Effect> fault = service.faults().hit(party, stanza);
        if (fault.isPresent()) {
            FaultyDelivery.push(this, stanza, fault.get());
        } else {
            writer.send(stanza);
        }
        service.flushLater(writer);
    }

    @Override
    public void replaced() {
        service.presences().gone(device);
        service.forget(this);
        writer.end(ServerStanzas.replaced());
        service.flushLater(writer);
    }

    @Override
    public void unlinked() {
        gone = true;
        service.presences().gone(device);
        device.disconnect(this);
        service.forget(this);
        service.timer().after(LAST_MOMENT, () -> {
            writer.end(ServerStanzas.deviceRemoved());
            writer.flush();
        });
    }

    @Override
    public void closed() {
        service.forget(this);
        if (device.line().filter(this::equals).isPresent()) {
            service.presences().gone(device);
        }
        device.disconnect(this);
    }

    @Override
    public String name() {
        return device.pn().toString();
    }
}
