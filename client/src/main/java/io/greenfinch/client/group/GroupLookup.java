package io.greenfinch.client.group;

/** What a metadata query told (specification §16.4). */
public sealed interface GroupLookup {

    /** The group, and we are in it. */
    record Found(Group group) implements GroupLookup {}

    /** There is such a group, but we are not in it (403). */
    record NotMember() implements GroupLookup {}

    /** There is no such group, or no longer (404, 410). */
    record NotFound() implements GroupLookup {}

    /** WhatsApp refused with another code. */
    record Refused(int code, String text) implements GroupLookup {}

    /** Nothing was learnt before the deadline, or the session ended meanwhile. */
    record NoAnswer(Silence why) implements GroupLookup {}
}
