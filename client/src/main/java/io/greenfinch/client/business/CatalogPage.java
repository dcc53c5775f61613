package io.greenfinch.client.business;

import java.util.List;
import java.util.Optional;

/**
 * Some of what a business offers, in its order.
 *
 * @param after with which the next page is asked for; empty after the last one
 */
public record CatalogPage(List<Product> products, Optional<String> after) {

    /** Nothing is offered. */
    static final CatalogPage NOTHING = new CatalogPage(List.of(), Optional.empty());

    public CatalogPage {
        products = List.copyOf(products);
    }
}
