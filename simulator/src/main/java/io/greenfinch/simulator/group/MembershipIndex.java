package io.greenfinch.simulator.group;

import io.greenfinch.simulator.account.SimulatedAccount;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Who is in which groups: an index, so that a login does not read through all groups of a large world. */
final class MembershipIndex {

    private final Map<SimulatedAccount, Set<SimulatedGroup>> groups = new HashMap<>();

    void add(SimulatedAccount account, SimulatedGroup group) {
        groups.computeIfAbsent(account, _ -> new LinkedHashSet<>()).add(group);
    }

    void remove(SimulatedAccount account, SimulatedGroup group) {
        groups.computeIfPresent(account, (_, mine) -> {
            mine.remove(group);
            return mine.isEmpty() ? null : mine;
        });
    }

    List<SimulatedGroup> of(SimulatedAccount account) {
        return new ArrayList<>(groups.getOrDefault(account, Set.of()));
    }
}
