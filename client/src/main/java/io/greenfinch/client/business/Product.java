package io.greenfinch.client.business;

import java.util.OptionalLong;

/**
 * Something that a business offers; texts are empty where it tells nothing.
 *
 * @param retailerId the seller's own number for it
 * @param price in thousandths of the currency
 * @param currency by ISO 4217
 * @param reviewStatus what WhatsApp thinks of it, such as {@code APPROVED}
 * @param availability in WhatsApp's words
 * @param image where a picture of the size is that was asked for
 * @param originalImage where the picture is as it was given
 */
public record Product(
        String id,
        String retailerId,
        String name,
        String description,
        String url,
        OptionalLong price,
        String currency,
        String reviewStatus,
        String availability,
        boolean hidden,
        String image,
        String originalImage) {}
