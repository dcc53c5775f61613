package io.greenfinch.client.group;

import java.util.Optional;

/** What is done about people at the door (specification §16.7). */
enum Deed {
    APPROVE("approve"),
    REJECT("reject"),
    /** Takes personal invitations back. */
    REVOKE("revoke"),
    /** Takes our own request back. */
    CANCEL("cancel_membership_requests");

    private final String element;

    Deed(String element) {
        this.element = element;
    }

    /** The element with the people, in request and answer. */
    String element() {
        return element;
    }

    /** What stands around that element. */
    Optional<String> wrapper() {
        return decision() ? Optional.of("membership_requests_action") : Optional.empty();
    }

    /** Whether it is about requests that admins can list. */
    boolean decision() {
        return this == APPROVE || this == REJECT;
    }
}
