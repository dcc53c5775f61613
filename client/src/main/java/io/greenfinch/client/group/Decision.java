package io.greenfinch.client.group;

import java.util.Optional;

/** What is decided about people who want to come in, or were invited (specification §16.7). */
enum Decision {
    APPROVE("approve"),
    REJECT("reject"),
    /** Takes personal invitations back. */
    REVOKE("revoke"),
    /** Takes our own request back. */
    CANCEL("cancel_membership_requests");

    private final String element;

    Decision(String element) {
        this.element = element;
    }

    /** The element with the people, in request and answer. */
    String element() {
        return element;
    }

    /** What stands around that element. */
    Optional<String> wrapper() {
        return byAdmins() ? Optional.of("membership_requests_action") : Optional.empty();
    }

    /** Whether it is about requests that admins can list. */
    boolean byAdmins() {
        return this == APPROVE || this == REJECT;
    }
}
