package io.greenfinch.simulator.group;

import io.greenfinch.simulator.account.SimulatedAccount;
import java.time.Instant;
import java.util.Optional;

/**
 * What about a group never changes.
 *
 * @param id its id, without server
 * @param addressing how it names its members
 * @param kind what it is within a community
 * @param community the community it belongs to
 * @param creator who created it
 * @param creation when
 */
record GroupOrigin(
        String id,
        Addressing addressing,
        GroupKind kind,
        Optional<SimulatedGroup> community,
        SimulatedAccount creator,
        Instant creation) {}
