package io.greenfinch.simulator.group;

import io.greenfinch.protocol.binary.Jid;
import java.util.Optional;

/**
 * What came of putting one of the groups that a request named into a community, or out of it (specification §19).
 *
 * @param group the address in the request
 * @param refusal why not; empty when it was done
 */
public record LinkResult(Jid group, Optional<ServiceRefusal> refusal) {}
