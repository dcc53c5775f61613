package io.greenfinch.simulator.group;

import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.simulator.account.SimulatedAccount;
import java.util.List;
import java.util.Optional;

/**
 * What came of a request for one of the people it named (specification §16.5).
 *
 * @param asked the address in the request
 * @param account whose it is; empty when nobody has it
 * @param refusal why not; empty when it was done
 * @param invitation what the actor may send to the person instead; only for additions refused by privacy settings
 */
public record PersonResult(
        Jid asked,
        Optional<SimulatedAccount> account,
        Optional<ServiceRefusal> refusal,
        Optional<PersonalInvitation> invitation) {

    static PersonResult done(Jid asked, SimulatedAccount account) {
        return new PersonResult(asked, Optional.of(account), Optional.empty(), Optional.empty());
    }

    /** The accounts of those for whom it was done. */
    static List<SimulatedAccount> done(List<PersonResult> results) {
        return results.stream()
                .filter(result -> result.refusal().isEmpty())
                .flatMap(result -> result.account().stream())
                .toList();
    }

    static PersonResult refused(Jid asked, SimulatedAccount account, ServiceRefusal refusal) {
        return new PersonResult(asked, Optional.of(account), Optional.of(refusal), Optional.empty());
    }

    static PersonResult unknown(Jid asked) {
        return new PersonResult(asked, Optional.empty(), Optional.of(ServiceRefusal.ITEM_NOT_FOUND), Optional.empty());
    }

    static PersonResult invited(Jid asked, SimulatedAccount account, PersonalInvitation invitation) {
        return new PersonResult(
                asked, Optional.of(account), Optional.of(ServiceRefusal.FORBIDDEN), Optional.of(invitation));
    }
}
