package io.greenfinch.interop.delivery;

/**
 * A text of a lane that was shown or told.
 *
 * @param id the id of its message
 * @param chat where it was shown, as whoever shows it calls it
 */
record Sighting(long number, String id, String chat) {}
