package io.greenfinch.simulator.message;

import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import io.greenfinch.simulator.account.Device;
import io.greenfinch.simulator.request.Policy;
import io.greenfinch.simulator.world.World;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes messages and receipts of devices, phones and companions alike, and passes them on to those whom they are for. Each is done as a
 * whole before the next; what a phone sends because of one is done after it. Guarded by the world's lock.
 */
public final class MessageRouter {

    private static final Logger log = LoggerFactory.getLogger(MessageRouter.class);

    private final World world;
    private final Deliveries deliveries = new Deliveries();
    private final DirectMessages direct;
    private final GroupMessages groups;
    private final StatusMessages statuses;
    private final Receipts receipts;
    private final MessageRate rate;
    private final MessageCounts counts = new MessageCounts();

    /** A router for {@code world}. */
    public MessageRouter(World world, Policy policy) {
        this.world = world;
        this.direct = new DirectMessages(world);
        this.groups = new GroupMessages(world);
        this.statuses = new StatusMessages(world);
        this.receipts = new Receipts(world, counts);
        this.rate = new MessageRate(world, policy);
    }

    /** What became of messages so far. */
    public MessageCounts counts() {
        return counts;
    }

    /**
     * Takes a message, or refuses it. A second one with the same id is taken and delivered to nobody (specification §14.4).
     *
     * @param answer is given the acknowledgement, before anything is delivered
     */
    public void message(Device sender, Node message, Consumer<Node> answer) {
        deliveries.submit(() -> {
            Routing routing = routeSafely(sender, message);
            if (routing instanceof Routing.Refused) {
                counts.refused();
            }
            answer.accept(acknowledgement(message, routing));
            if (routing instanceof Routing.Accepted accepted) {
                accepted.deliveries().forEach(delivery -> delivery.to().deliver(delivery.stanza()));
            }
        });
    }

    /** Tells those whom it concerns of a receipt; one that makes no sense is forgotten (specification §15.2). */
    public void receipt(Device sender, Node receipt) {
        deliveries.submit(() -> receipts.route(sender, receipt)
                .forEach(delivery -> delivery.to().deliver(delivery.stanza())));
    }

    /** A message that we stumble over must not leave its sender without an answer. */
    private Routing routeSafely(Device sender, Node message) {
        try {
            return route(sender, message);
        } catch (RuntimeException e) {
            log.error("a message could not be routed: {}", message, e);
            return Routing.refused(MessageRefusal.INTERNAL_SERVER_ERROR);
        }
    }

    private Routing route(Device sender, Node stanza) {
        if (!rate.allows(sender.account())) {
            return Routing.refused(MessageRefusal.RATE_OVERLIMIT);
        }
        Optional<SentMessage> read = SentMessage.of(sender, stanza);
        if (read.isEmpty()) {
            return Routing.refused(MessageRefusal.BAD_REQUEST);
        }
        SentMessage message = read.get();
        if (message.resent()) {
            counts.resent();
            return route(message);
        }
        if (sender.recentIds().contains(message.id())) {
            counts.repeated(sender.recentIds().differs(message.id(), stanza));
            return repeated(message);
        }
        Routing routing = route(message);
        if (routing instanceof Routing.Accepted) {
            sender.recentIds().add(message.id(), stanza);
            counts.accepted();
        }
        return routing;
    }

    /** Some clients send a message to everybody again when a single device asks for it: it goes to those who did (specification §14.5). */
    private Routing repeated(SentMessage message) {
        Set<Device> asking = message.sender().recentIds().takeAsking(message.id());
        return asking.isEmpty()
                ? Routing.nobody()
                : switch (route(message)) {
                    case Routing.Refused refused -> refused;
                    case Routing.Accepted accepted ->
                        new Routing.Accepted(
                                accepted.deliveries().stream()
                                        .filter(delivery -> asking.contains(delivery.to()))
                                        .toList(),
                                accepted.deviceListHash());
                };
    }

    private Routing route(SentMessage message) {
        if (message.to().isGroup()) {
            return groups.route(message);
        }
        if (message.to().isPn() || message.to().isLid()) {
            return direct.route(message);
        }
        return message.to().isStatus()
                ? statuses.route(message)
                : Routing.refused(MessageRefusal.FEATURE_NOT_IMPLEMENTED);
    }

    private Node acknowledgement(Node message, Routing routing) {
        Node.Builder ack = Node.element("ack")
                .attribute("class", "message")
                .attribute("id", message.attribute("id").orElse(""))
                .attribute("from", message.jid("to").orElse(Jid.SERVER))
                .attribute("t", world.seconds());
        switch (routing) {
            case Routing.Accepted accepted -> accepted.deviceListHash().ifPresent(hash -> ack.attribute("phash", hash));
            case Routing.Refused refused -> {
                ack.attribute("error", refused.refusal().code());
                refused.mode().ifPresent(mode -> ack.attribute("addressing_mode", mode.text()));
            }
        }
        return ack.build();
    }
}
