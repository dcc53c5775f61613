package io.greenfinch.simulator.message;

import io.greenfinch.simulator.account.SimulatedAccount;
import io.greenfinch.simulator.request.Policy;
import io.greenfinch.simulator.world.World;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/** How many messages an account may send within any second, refused ones included. Guarded by the world's lock. */
final class MessageRate {

    private static final long SECOND = 1000;

    private final World world;
    private final Policy policy;
    private final Map<SimulatedAccount, Deque<Long>> sent = new HashMap<>();

    MessageRate(World world, Policy policy) {
        this.world = world;
        this.policy = policy;
    }

    /** Counts a message that is sent now; false when it is one too many. */
    boolean allows(SimulatedAccount sender) {
        int most = policy.messageRate();
        if (most == 0) {
            sent.clear();
            return true;
        }
        long now = world.clock().millis();
        Deque<Long> times = sent.computeIfAbsent(sender, _ -> new ArrayDeque<>());
        while (!times.isEmpty() && (times.peekFirst() <= now - SECOND || times.peekFirst() > now)) {
            times.removeFirst();
        }
        if (times.size() >= most) {
            return false;
        }
        times.addLast(now);
        return true;
    }
}
