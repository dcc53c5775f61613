package io.greenfinch.client.group;

/** A member of a group with its role. */
public record Participant(Person person, Role role) {}
