package io.greenfinch.gateway.http;

import java.util.Set;

/** A method of {@code /partner/{method}/{partnerToken}}. Implementations are thread-safe. */
public interface PartnerMethod {

    /** Its documented name. */
    String name();

    Set<Verb> verbs();

    default Schema schema() {
        return Schema.IGNORED;
    }

    /** Does the work on the request's own virtual thread. */
    Answer handle(Call call);
}
