package io.greenfinch.client.business;

/**
 * What a business tells of itself; all of it empty where it tells nothing.
 *
 * @param category the first one, in WhatsApp's words
 */
public record BusinessProfile(String description, String category, String email, String address, String website) {}
