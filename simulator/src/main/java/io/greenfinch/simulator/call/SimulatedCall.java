package io.greenfinch.simulator.call;

import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import io.greenfinch.simulator.account.Device;
import io.greenfinch.simulator.account.SimulatedAccount;
import io.greenfinch.simulator.group.Addressing;
import io.greenfinch.simulator.group.SimulatedGroup;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A call, who is called, and how far it has come with each of them. Guarded by the world's lock. */
final class SimulatedCall {

    private final String id;
    private final Device caller;
    private final Optional<SimulatedGroup> group;
    private final boolean video;
    private final Addressing mode;

    /** For whom it still rings, or who talks. */
    private final Map<SimulatedAccount, Optional<Device>> callees = new LinkedHashMap<>();

    /** @param mode under which of their names people are told */
    SimulatedCall(
            String id,
            Device caller,
            Optional<SimulatedGroup> group,
            Collection<SimulatedAccount> callees,
            boolean video,
            Addressing mode) {
        this.id = id;
        this.caller = caller;
        this.group = group;
        this.video = video;
        this.mode = mode;
        callees.forEach(callee -> this.callees.put(callee, Optional.empty()));
    }

    String id() {
        return id;
    }

    Device caller() {
        return caller;
    }

    boolean inGroup() {
        return group.isPresent();
    }

    /** Those for whom it rings, and those who talk. */
    List<SimulatedAccount> callees() {
        return List.copyOf(callees.keySet());
    }

    boolean ringsFor(SimulatedAccount account) {
        return callees.getOrDefault(account, Optional.of(caller)).isEmpty();
    }

    /** The device with which somebody talks. */
    Optional<Device> talking(SimulatedAccount account) {
        return callees.getOrDefault(account, Optional.empty());
    }

    boolean talked() {
        return callees.values().stream().anyMatch(Optional::isPresent);
    }

    void taken(Device by) {
        callees.put(by.account(), Optional.of(by));
    }

    /** It is over for somebody; true when that ends it for all. */
    boolean over(SimulatedAccount account) {
        callees.remove(account);
        return callees.isEmpty();
    }

    /** Somebody's name in it. */
    Jid name(SimulatedAccount account) {
        return mode.name(account);
    }

    /** The address of a device in it. */
    Jid address(Device device) {
        return mode.name(device.account()).withDevice(device.number());
    }

    /** The offer: to groups a notice (specification §25). */
    Node offer() {
        if (group.isPresent()) {
            return about("offer_notice")
                    .attribute("media", video ? "video" : "audio")
                    .attribute("type", "group")
                    .attribute("group-jid", group.get().jid())
                    .build();
        }
        Node.Builder offer = about("offer")
                .attribute(mode == Addressing.LID ? "caller_pn" : "caller_lid", mode.alias(caller.account()))
                .child(Node.element("audio").attribute("enc", "opus").attribute("rate", 16_000))
                .child(Node.element("audio").attribute("enc", "opus").attribute("rate", 8_000));
        if (video) {
            offer.child(Node.element("video").attribute("enc", "vp8"));
        }
        return offer.child(Node.empty("destination")).build();
    }

    /** An element about it. */
    Node.Builder about(String tag) {
        return Node.element(tag).attribute("call-id", id).attribute("call-creator", address(caller));
    }

    /** Its end. */
    Node terminate(Optional<String> reason) {
        Node.Builder end = about("terminate");
        reason.ifPresent(why -> end.attribute("reason", why));
        return end.build();
    }
}
