package io.greenfinch.simulator.account;

import java.util.List;

/**
 * What makes an account a business: what it tells of itself, and what it offers (specification §25).
 *
 * @param products in the order of its catalogue
 */
public record BusinessProfile(
        String description, String category, String email, String address, String website, List<Product> products) {

    public BusinessProfile {
        products = List.copyOf(products);
    }

    /**
     * Something that it offers; texts may be empty.
     *
     * @param price in thousandths, digits only; empty where it has none
     * @param image where its picture is
     */
    public record Product(
            String id,
            String name,
            String description,
            String retailerId,
            String url,
            String price,
            String currency,
            String availability,
            boolean hidden,
            String image) {}
}
