package io.greenfinch.simulator.account;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An account as a snapshot has it.
 *
 * @param blocked numbers of the people it has blocked
 */
public record AccountState(
        String number,
        String lid,
        @Nullable String name,
        boolean hosted,
        boolean passkey,
        PhoneState phone,
        int lastDevice,
        int lastKeyIndex,
        List<String> blocked,
        Map<String, String> privacy,
        List<DeviceState> devices) {

    /** The present state of an account. */
    public static AccountState of(Account account) {
        return new AccountState(
                account.number(),
                account.lid().user(),
                account.pushName().orElse(null),
                account.hosted(),
                account.passkey(),
                account.phone().state(),
                account.lastDevice(),
                account.lastKeyIndex(),
                account.blocked().stream().map(Account::number).toList(),
                Map.copyOf(account.privacy()),
                account.devices().stream().map(DeviceState::of).toList());
    }
}
