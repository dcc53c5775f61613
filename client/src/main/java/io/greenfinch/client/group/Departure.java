package io.greenfinch.client.group;

import io.greenfinch.client.stanza.Attempt;
import io.greenfinch.client.stanza.Outcome;
import io.greenfinch.client.store.LeaveIntents.Intent;
import io.greenfinch.protocol.binary.Jid;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One group that is being left. Belongs to the caller's thread, except that the session's thread sets {@link #atSending} and
 * {@link #alone}.
 */
final class Departure implements GroupWatch {

    final Jid group;

    /** A leave of an earlier call whose outcome nobody was told. */
    final Optional<Intent> open;

    /** Our role, from the first stanza on until we are out; null while none has gone out, or when we did not know that we were in. */
    private volatile @Nullable Role role;

    private volatile boolean removed;

    /** The attempt at it; null before there is one. */
    volatile @Nullable Attempt<Departure, Departed> attempt;

    /** What the recorded intent says; null while none is recorded. */
    @Nullable
    Boolean recordedAdmin;

    /** How many groups the latest stanza was about. */
    int together = 1;

    /** An error for a whole batch does not tell which group it is about: this one is asked alone. */
    boolean alone;

    Departure(Jid group, Optional<Intent> open) {
        this.group = group;
        this.open = open;
    }

    /** Notes the role that the group state has when a stanza goes out; after an echo it has none, and what was noted stays. */
    void atSending(Optional<Role> current) {
        current.ifPresent(now -> role = now);
    }

    /** Others have made us an admin, or made us none, before WhatsApp took us out. */
    @Override
    public void role(Role now) {
        if (wasMember()) {
            role = now;
        }
    }

    boolean wasMember() {
        return role != null;
    }

    boolean wasAdmin() {
        Role known = role;
        return known != null && known.admin();
    }

    /** Somebody else has removed us meanwhile. */
    boolean wasRemoved() {
        return removed;
    }

    /** Once the stanza has gone out, a notification that we left proves that it was carried out. */
    @Override
    public void left() {
        Attempt<Departure, Departed> under = attempt;
        if (wasMember() && under != null) {
            under.prove(new Outcome.Done<>(new Departed(wasAdmin(), false)));
        }
    }

    @Override
    public void removed() {
        removed = true;
    }
}
