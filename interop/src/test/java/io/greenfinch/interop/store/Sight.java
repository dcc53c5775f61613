package io.greenfinch.interop.store;

/** A text that was shown or told, with the id of its message. */
record Sight(String text, String id) {}
