package io.greenfinch.simulator.call;

import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import io.greenfinch.simulator.account.Device;
import io.greenfinch.simulator.account.SimulatedAccount;
import io.greenfinch.simulator.group.Addressing;
import io.greenfinch.simulator.group.SimulatedGroup;
import io.greenfinch.simulator.world.World;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The calls that are under way: what people do on their phones, and what all devices concerned are told of it (specification §25). Guarded
 * by the world's lock.
 *
 * <p>How much the service tells an account's other devices is not known; here they are told what their phone does, and of a call that came
 * in also that it is over for them as soon as one of them has taken or rejected it.
 */
public final class Calls {

    /** More are not under way; the oldest are forgotten. */
    private static final int MOST = 1_000;

    private static final int ID_BYTES = 16;

    private final World world;
    private final Supplier<String> ids;
    private final Map<String, SimulatedCall> underWay = new LinkedHashMap<>();

    /** None yet; {@code ids} gives ids for stanzas. */
    public Calls(World world, Supplier<String> ids) {
        this.world = world;
        this.ids = ids;
    }

    /** Somebody calls somebody else on the phone. Whoever has blocked the caller hears nothing. */
    public CallOutcome call(SimulatedAccount caller, SimulatedAccount callee, boolean video, Addressing mode) {
        if (caller == callee) {
            return new CallOutcome.Impossible("nobody can call themselves");
        }
        return begin(caller, Optional.empty(), List.of(callee), video, mode);
    }

    /** Somebody calls all members of a group on the phone. */
    public CallOutcome call(SimulatedAccount caller, SimulatedGroup group, boolean video) {
        if (!group.has(caller)) {
            return new CallOutcome.Impossible("the caller is not in the group");
        }
        List<SimulatedAccount> others = new ArrayList<>(group.accounts());
        others.remove(caller);
        return begin(caller, Optional.of(group), others, video, group.addressing());
    }

    private CallOutcome begin(
            SimulatedAccount caller,
            Optional<SimulatedGroup> group,
            List<SimulatedAccount> callees,
            boolean video,
            Addressing mode) {
        if (!caller.phone().online()) {
            return offline();
        }
        byte[] id = new byte[ID_BYTES];
        world.random().nextBytes(id);
        List<SimulatedAccount> hearing = callees.stream()
                .filter(callee -> !callee.blocked().contains(caller))
                .toList();
        SimulatedCall call = new SimulatedCall(
                HexFormat.of().formatHex(id).toUpperCase(Locale.ROOT), caller.phone(), group, hearing, video, mode);
        if (underWay.size() >= MOST) {
            underWay.remove(underWay.keySet().iterator().next());
        }
        underWay.put(call.id(), call);
        Optional<Jid> recipient = group.isPresent() ? Optional.empty() : Optional.of(call.name(callees.getFirst()));
        tell(others(call.caller()), call.caller(), call, recipient, call.offer());
        hearing.forEach(callee -> tell(callee.devices(), call.caller(), call, Optional.empty(), call.offer()));
        return new CallOutcome.Done(call.id());
    }

    /** Somebody does something about a call on the phone. */
    public CallOutcome act(SimulatedAccount who, String id, CallAction action) {
        return who.phone().online() ? act(who.phone(), id, action) : offline();
    }

    /** A companion rejects a call; nothing else that companions say of calls is acted upon. */
    public void received(Device companion, Node stanza) {
        stanza.child("reject").flatMap(reject -> reject.attribute("call-id")).ifPresent(id -> {
            var _ = act(companion, id, CallAction.REJECT);
        });
    }

    private CallOutcome act(Device device, String id, CallAction action) {
        SimulatedCall call = underWay.get(id);
        SimulatedAccount who = device.account();
        if (call == null || (who != call.caller().account() && !call.callees().contains(who))) {
            return new CallOutcome.UnknownCall();
        }
        return who == call.caller().account() ? ofCaller(call, action) : ofCallee(call, device, action);
    }

    private CallOutcome ofCaller(SimulatedCall call, CallAction action) {
        return switch (action) {
            case ACCEPT, REJECT -> new CallOutcome.Impossible("this is for who is called");
            case HANG_UP -> end(call, Optional.empty());
            case RING_OUT ->
                call.talked() ? new CallOutcome.Impossible("somebody has taken it") : end(call, Optional.of("timeout"));
        };
    }

    private CallOutcome end(SimulatedCall call, Optional<String> reason) {
        underWay.remove(call.id());
        Node end = call.terminate(reason);
        for (SimulatedAccount callee : call.callees()) {
            List<Device> concerned = call.talking(callee).map(List::of).orElseGet(callee::devices);
            tell(concerned, call.caller(), call, Optional.empty(), end);
        }
        tell(others(call.caller()), call.caller(), call, Optional.empty(), end);
        return new CallOutcome.Done(call.id());
    }

    private CallOutcome ofCallee(SimulatedCall call, Device device, CallAction action) {
        boolean rings = call.ringsFor(device.account());
        return switch (action) {
            case ACCEPT -> rings ? accept(call, device) : new CallOutcome.Impossible("it is taken already");
            case REJECT -> rings ? reject(call, device) : new CallOutcome.Impossible("it is taken already");
            case HANG_UP -> rings ? new CallOutcome.Impossible("it rings: accept or reject it") : leave(call, device);
            case RING_OUT -> new CallOutcome.Impossible("this is for who calls");
        };
    }

    private CallOutcome accept(SimulatedCall call, Device device) {
        call.taken(device);
        answer(call, device, "accept", "accepted_elsewhere");
        return new CallOutcome.Done(call.id());
    }

    private CallOutcome reject(SimulatedCall call, Device device) {
        answer(call, device, "reject", "rejected_elsewhere");
        overFor(call, device.account());
        return new CallOutcome.Done(call.id());
    }

    private CallOutcome leave(SimulatedCall call, Device device) {
        if (!call.inGroup()) {
            tell(call.caller().account().devices(), device, call, Optional.empty(), call.terminate(Optional.empty()));
        }
        overFor(call, device.account());
        return new CallOutcome.Done(call.id());
    }

    private void overFor(SimulatedCall call, SimulatedAccount account) {
        if (call.over(account)) {
            underWay.remove(call.id());
        }
    }

    /** What one device of whoever is called says to it, told to the caller's devices and to the other ones of the same account. */
    private void answer(SimulatedCall call, Device device, String tag, String elsewhere) {
        Node said = call.about(tag).build();
        tell(call.caller().account().devices(), device, call, Optional.empty(), said);
        Jid recipient = call.name(call.caller().account());
        tell(others(device), device, call, Optional.of(recipient), said);
        tell(others(device), call.caller(), call, Optional.empty(), call.terminate(Optional.of(elsewhere)));
    }

    private void tell(List<Device> devices, Device from, SimulatedCall call, Optional<Jid> recipient, Node said) {
        for (Device device : devices) {
            device.deliver(Node.element("call")
                    .attribute("from", call.address(from))
                    .attribute("id", ids.get())
                    .attribute("t", world.seconds())
                    .attribute("platform", "android")
                    .attribute("version", "2.25.30.75")
                    .attribute("notify", from.account().displayName())
                    .attribute("recipient", recipient)
                    .child(said)
                    .build());
        }
    }

    private static List<Device> others(Device device) {
        return device.account().devices().stream()
                .filter(other -> other != device)
                .toList();
    }

    private static CallOutcome offline() {
        return new CallOutcome.Impossible("the phone is offline");
    }
}
