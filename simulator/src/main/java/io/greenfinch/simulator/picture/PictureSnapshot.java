package io.greenfinch.simulator.picture;

/**
 * A picture as a snapshot has it.
 *
 * @param subject the address of the person or the group it shows
 */
public record PictureSnapshot(String subject, String id, String file, byte[] jpeg) {}
