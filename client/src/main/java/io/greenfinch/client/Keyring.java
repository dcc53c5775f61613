package io.greenfinch.client;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The credentials of a session as they are now. What changes them is stored with the next unit; nobody acts upon a change
 * that must not get lost before its unit is durable. Belongs to the session's thread.
 */
final class Keyring {

    private final Intake intake;
    private final GroupBook book;
    private final StatusBoard board;
    private @Nullable Credentials credentials;

    /** A keyring with what was loaded, which is nothing when the account is not linked. */
    Keyring(Intake intake, GroupBook book, StatusBoard board, @Nullable Credentials loaded) {
        this.intake = intake;
        this.book = book;
        this.board = board;
        this.credentials = loaded;
    }

    /** The credentials; null while not linked. */
    @Nullable
    Credentials find() {
        return credentials;
    }

    boolean linked() {
        return credentials != null;
    }

    /**
     * The credentials of a session that is linked.
     *
     * @throws IllegalStateException when it is not
     */
    Credentials get() {
        if (credentials == null) {
            throw new IllegalStateException("not linked");
        }
        return credentials;
    }

    /** What the store has, after it was read or written by others. */
    void set(@Nullable Credentials stored) {
        credentials = stored;
    }

    /** From now on it is these; the caller stores {@link Credentials#put} with what belongs to it. */
    void change(Credentials changed) {
        boolean sameAccount = changed.account().equals(get().account());
        credentials = changed;
        if (!sameAccount) {
            book.account(changed.account());
            board.linked(board.status().phase(), changed.account());
        }
    }

    /** From now on it is these; they are stored with the next unit. */
    void store(Credentials changed) {
        change(changed);
        intake.add(List.of(changed.put()), List.of());
    }

    /** What is known about the way to the server has changed. Nothing happens while not linked: then nothing is kept. */
    void store(Route route) {
        if (credentials != null && !credentials.route().equals(route)) {
            store(credentials.with(route));
        }
    }
}
