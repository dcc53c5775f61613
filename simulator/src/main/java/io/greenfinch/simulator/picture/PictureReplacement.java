package io.greenfinch.simulator.picture;

import io.greenfinch.simulator.account.SimulatedAccount;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Somebody changed their own picture. What happens to pictures of groups is a change of the group.
 *
 * @param id the id of the new picture; empty when it was removed
 * @param audience whose devices hear of it
 */
public record PictureReplacement(
        SimulatedAccount account, Instant at, Optional<String> id, List<SimulatedAccount> audience) {}
