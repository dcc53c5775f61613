package io.greenfinch.client.group;

/**
 * We are out of a group.
 *
 * @param admin whether we were an administrator when the stanza was sent
 * @param earlier true when it was an earlier call, whose outcome was unknown then, that took us out
 */
public record Departed(boolean admin, boolean earlier) {}
