package io.greenfinch.client.business;

import io.greenfinch.client.stanza.Attempt;
import io.greenfinch.client.stanza.Verdict;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Asks for a page of what a business offers: {@code w:biz:catalog}, as clients ask for it. Who offers nothing is refused with 404, or
 * told nothing.
 */
record CatalogQuestion(Jid seller, int most, Optional<String> after) implements BusinessQuestion<CatalogPage> {

    private static final String IMAGE_SIZE = "100";
    private static final int LONGEST_PLACE = 4096;

    Node stanza() {
        Node.Builder catalog = Node.element("product_catalog")
                .attribute("jid", seller)
                .attribute("allow_shop_source", "true")
                .child(Node.text("limit", Integer.toString(most)))
                .child(Node.text("width", IMAGE_SIZE))
                .child(Node.text("height", IMAGE_SIZE));
        after.ifPresent(place -> catalog.child(Node.text("after", place)));
        return Node.element("iq")
                .attribute("to", Jid.SERVER)
                .attribute("type", "get")
                .attribute("xmlns", "w:biz:catalog")
                .child(catalog)
                .build();
    }

    @Override
    public Verdict<CatalogPage> result(Attempt<Node, CatalogPage> attempt, Node stanza, long reminder) {
        return Verdict.done(told(stanza));
    }

    CatalogPage told(Node stanza) {
        return stanza.child("product_catalog").map(this::page).orElse(CatalogPage.NOTHING);
    }

    private CatalogPage page(Node told) {
        List<Product> products = told.children("product").stream()
                .limit(most)
                .map(CatalogQuestion::product)
                .filter(product -> !product.id().isEmpty())
                .toList();
        Optional<String> next = told.child("paging")
                .flatMap(paging -> paging.child("after"))
                .map(Node::contentText)
                .filter(place -> !place.isEmpty() && place.length() <= LONGEST_PLACE);
        return new CatalogPage(products, next);
    }

    private static Product product(Node told) {
        Optional<Node> image = told.child("media").flatMap(media -> media.child("image"));
        return new Product(
                Texts.of(told, "id"),
                Texts.of(told, "retailer_id"),
                Texts.of(told, "name"),
                Texts.of(told, "description"),
                Texts.web(told, "url"),
                price(Texts.of(told, "price")),
                Texts.of(told, "currency"),
                told.child("status_info").map(info -> Texts.of(info, "status")).orElse(""),
                Texts.of(told, "availability"),
                told.is("is_hidden", "true"),
                image.map(each -> Texts.web(each, "request_image_url")).orElse(""),
                image.map(each -> Texts.web(each, "original_image_url")).orElse(""));
    }

    private static OptionalLong price(String text) {
        return text.matches("[0-9]{1,18}") ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
    }

    @Override
    public CatalogPage nothing() {
        return CatalogPage.NOTHING;
    }
}
