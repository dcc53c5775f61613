package io.greenfinch.client.group;

import io.greenfinch.protocol.binary.Jid;
import java.time.Instant;
import java.util.Set;

/** The session's group state, as far as creating groups needs it. */
public interface Births {

    /** The groups known now; a copy. On the session's thread. */
    Set<Jid> known();

    /** The moment by the server's clock, as far as known. May be called from any thread. */
    Instant now();

    /** True for the account itself under either name. May be called from any thread. */
    boolean isSelf(Person person);

    /** A group that we have created. On the session's thread. */
    void created(KnownGroup group);

    /** From now on {@code birth} is told of the group that is created under this key. May be called from any thread. */
    void expect(String key, Birth birth);

    /** Ends that. May be called from any thread. */
    void expectNoMore(String key);
}
