package io.greenfinch.client.keys;

import io.greenfinch.client.Account;
import io.greenfinch.client.connection.Route;
import io.greenfinch.client.stanza.Intake;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The credentials of a session as they are now. What changes them is stored with the next unit; nobody acts upon a change
 * that must not get lost before its unit is durable. Belongs to the session's thread.
 */
public final class Keyring {

    private final Intake intake;
    private final Consumer<Account> renamed;
    private @Nullable Credentials credentials;

    /**
     * A keyring with what was loaded, which is nothing when the account is not linked.
     *
     * @param renamed told when the account is known better than before
     */
    public Keyring(Intake intake, @Nullable Credentials loaded, Consumer<Account> renamed) {
        this.intake = intake;
        this.renamed = renamed;
        this.credentials = loaded;
    }

    /** The credentials; null while not linked. */
    @Nullable
    public Credentials find() {
        return credentials;
    }

    public boolean linked() {
        return credentials != null;
    }

    /**
     * The credentials of a session that is linked.
     *
     * @throws IllegalStateException when it is not
     */
    public Credentials get() {
        if (credentials == null) {
            throw new IllegalStateException("not linked");
        }
        return credentials;
    }

    /** What the store has, after it was read or written by others. */
    public void set(@Nullable Credentials stored) {
        credentials = stored;
    }

    /** From now on it is these; the caller stores {@link Credentials#put} with what belongs to it. */
    public void change(Credentials changed) {
        boolean sameAccount = changed.account().equals(get().account());
        credentials = changed;
        if (!sameAccount) {
            renamed.accept(changed.account());
        }
    }

    /** From now on it is these; they are stored with the next unit. */
    public void store(Credentials changed) {
        change(changed);
        intake.add(List.of(changed.put()), List.of());
    }

    /** What is known about the way to the server has changed. Nothing happens while not linked: then nothing is kept. */
    public void store(Route route) {
        if (credentials != null && !credentials.route().equals(route)) {
            store(credentials.with(route));
        }
    }
}
