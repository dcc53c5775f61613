package io.greenfinch.simulator.account;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An account as a snapshot has it.
 *
 * @param blocked numbers of the people it has blocked
 * @param statusRule who may see its status updates
 * @param statusPeople numbers of those whom the rule names
 * @param appState its patches, by collection
 * @param business what makes it one, where it is one
 */
public record AccountSnapshot(
        String number,
        List<String> aliases,
        String lid,
        @Nullable String name,
        boolean hosted,
        boolean passkey,
        PhoneSnapshot phone,
        int lastDevice,
        int lastKeyIndex,
        List<String> blocked,
        Map<String, String> privacy,
        StatusPrivacy.Rule statusRule,
        List<String> statusPeople,
        NewChatsSnapshot newChats,
        Map<String, List<byte[]>> appState,
        @Nullable BusinessProfile business,
        List<CompanionSnapshot> companions) {

    /** The present state of an account; what it shares with the account does not change. */
    public static AccountSnapshot of(SimulatedAccount account) {
        return new AccountSnapshot(
                account.number(),
                List.copyOf(account.aliases()),
                account.lid().user(),
                account.pushName().orElse(null),
                account.hosted(),
                account.passkeyDemanded(),
                account.phone().snapshot(),
                account.lastDevice(),
                account.lastKeyIndex(),
                account.blocked().stream().map(SimulatedAccount::number).toList(),
                Map.copyOf(account.privacy()),
                account.statusPrivacy().rule(),
                account.statusPrivacy().people().stream()
                        .map(SimulatedAccount::number)
                        .toList(),
                account.newChats().snapshot(),
                account.appState().saved(),
                account.business().orElse(null),
                account.companions().stream().map(Companion::snapshot).toList());
    }
}
