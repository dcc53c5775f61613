package io.greenfinch.gateway.business;

import io.greenfinch.client.business.Product;
import io.greenfinch.gateway.http.Json;
import io.greenfinch.gateway.http.Shape;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A product as callers see it (green-api.md §11.4, §16). */
public final class ProductItem {

    public static final Shape SHAPE = Shape.object("id", Shape.FILLED)
            .and("imageUrls", Shape.object("requested", Shape.TEXT).and("original", Shape.TEXT))
            .and("reviewStatus", Shape.object("whatsapp", Shape.TEXT))
            .and("availability", Shape.TEXT)
            .and("name", Shape.TEXT)
            .and("description", Shape.TEXT)
            .and("price", Shape.pattern("[0-9]+").orNull())
            .and("currency", Shape.TEXT)
            .and("retailerId", Shape.TEXT)
            .and("url", Shape.TEXT)
            .and("isHidden", Shape.FLAG)
            .named("Product");

    private ProductItem() {}

    /** All of these, in their order. */
    public static ArrayNode all(List<Product> products) {
        ArrayNode all = Json.array();
        products.forEach(product -> all.add(node(product)));
        return all;
    }

    private static ObjectNode node(Product product) {
        ObjectNode node = Json.object().put("id", product.id());
        node.set("imageUrls", Json.object().put("requested", product.image()).put("original", product.originalImage()));
        node.set("reviewStatus", Json.object().put("whatsapp", product.reviewStatus()));
        node.put("availability", product.availability())
                .put("name", product.name())
                .put("description", product.description());
        if (product.price().isPresent()) {
            node.put("price", Long.toString(product.price().getAsLong()));
        } else {
            node.putNull("price");
        }
        return node.put("currency", product.currency())
                .put("retailerId", product.retailerId())
                .put("url", product.url())
                .put("isHidden", product.hidden());
    }
}
