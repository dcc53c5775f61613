package io.greenfinch.client.group;

/**
 * A group as those see it who are invited to it.
 *
 * @param group without its members, or with some of them
 * @param size how many members it has
 */
public record InvitedGroup(Group group, int size) {}
