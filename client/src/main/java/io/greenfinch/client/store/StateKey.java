package io.greenfinch.client.store;

/** Where one entry of an instance's state is: a key within a kind. */
public record StateKey(StateKind kind, String key) {}
