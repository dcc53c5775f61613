package io.greenfinch.client.group;

/** What a query told of our membership. */
sealed interface Standing {

    /** The metadata lists us. */
    record Member() implements Standing {}

    /** There is metadata, and it does not list us. */
    record Unlisted() implements Standing {}

    /** 403: we are not in the group. */
    record NotMember() implements Standing {}

    /** 404 or 410: there is no such group. */
    record NoGroup() implements Standing {}

    /** Another refusal, which says nothing about us. */
    record Undisclosed() implements Standing {}

    /** No answer before the deadline. */
    record Unheard(Silence why) implements Standing {}
}
