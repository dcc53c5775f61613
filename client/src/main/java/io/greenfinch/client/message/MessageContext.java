package io.greenfinch.client.message;

import io.greenfinch.client.Account;
import io.greenfinch.client.appstate.SessionAppState;
import io.greenfinch.client.connection.ClientContext;
import io.greenfinch.client.device.DeviceBook;
import io.greenfinch.client.group.GroupBook;
import io.greenfinch.client.group.Person;
import io.greenfinch.client.keys.Keyring;
import io.greenfinch.client.stanza.Intake;
import io.greenfinch.client.stanza.OrderedSteps;
import io.greenfinch.client.store.SessionState;
import io.greenfinch.client.store.SessionStore;
import io.greenfinch.client.store.StateKind;
import io.greenfinch.protocol.binary.Jid;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * What the messages of a session work with.
 *
 * @param owner runs a step on the session's thread
 * @param account who we are; from any thread
 * @param appState is given the keys that the phone shares
 */
public record MessageContext(
        ClientContext shared,
        Executor owner,
        OrderedSteps steps,
        Intake intake,
        SessionState state,
        Keyring keyring,
        GroupBook book,
        DeviceBook devices,
        long instance,
        SessionStore<?> store,
        Supplier<Optional<Account>> account,
        SessionAppState appState) {

    /** All entries of a kind; blocks. */
    Map<String, byte[]> load(StateKind kind) {
        return store.load(instance, kind);
    }

    /** The keys of all entries of a kind; blocks. */
    public Set<String> keys(StateKind kind) {
        return store.keys(instance, kind);
    }

    /** The name of a chat that is a group, as far as it is known. */
    Optional<String> nameOf(Jid chat) {
        return chat.isGroup() ? book.find(chat).map(known -> known.group().subject()) : Optional.empty();
    }

    /** Whether somebody is an admin of a group, as far as it is known. */
    boolean isAdmin(Jid chat, Person who) {
        return chat.isGroup()
                && book.find(chat)
                        .flatMap(known -> known.group().participant(who))
                        .filter(member -> member.role().admin())
                        .isPresent();
    }

    /** Our own account. On the session's thread, while linked. */
    public Person self() {
        Account own = keyring.get().account();
        return new Person(Optional.of(own.pn().account()), own.lid().map(lid -> lid.account()));
    }
}
