package io.greenfinch.simulator.request;

import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import io.greenfinch.simulator.account.BusinessProfile;
import io.greenfinch.simulator.account.BusinessProfile.Product;
import io.greenfinch.simulator.account.SimulatedAccount;
import io.greenfinch.simulator.group.ServiceRefusal;
import io.greenfinch.simulator.world.World;
import java.util.List;
import java.util.Optional;

/** Profiles and catalogues of businesses (specification §25); of the catalogue, what public clients send and read. */
final class BusinessIqs {

    private static final int MOST_PRODUCTS = 100;
    private static final int USUAL_PRODUCTS = 10;

    private final World world;

    private BusinessIqs(World world) {
        this.world = world;
    }

    static void register(IqRouter router, World world) {
        BusinessIqs iqs = new BusinessIqs(world);
        router.on("w:biz", "get", "business_profile", iqs::profile)
                .on("w:biz:catalog", "get", "product_catalog", iqs::catalog);
    }

    /** Who is no business has no profile in the answer. */
    private IqAnswer profile(IqRequest request) {
        Optional<Jid> asked = request.child().child("profile").flatMap(profile -> profile.jid("jid"));
        if (asked.isEmpty()) {
            return IqAnswer.refused(ServiceRefusal.BAD_REQUEST);
        }
        Node.Builder told = Node.element("business_profile");
        business(asked.get()).ifPresent(business -> told.child(show(asked.get(), business)));
        return IqAnswer.result(told.build());
    }

    private static Node show(Jid name, BusinessProfile business) {
        Node.Builder profile = Node.element("profile").attribute("jid", name);
        text(profile, "description", business.description());
        text(profile, "email", business.email());
        text(profile, "address", business.address());
        text(profile, "website", business.website());
        if (!business.category().isEmpty()) {
            profile.child(Node.element("categories")
                    .child(Node.element("category").attribute("id", "1").text(business.category())));
        }
        return profile.build();
    }

    private static void text(Node.Builder parent, String tag, String text) {
        if (!text.isEmpty()) {
            parent.child(Node.text(tag, text));
        }
    }

    private Optional<BusinessProfile> business(Jid name) {
        return world.accounts().find(name).flatMap(SimulatedAccount::business);
    }

    /** A page; the place where the next one begins is the number of products before it. */
    private IqAnswer catalog(IqRequest request) {
        Node asked = request.child();
        Optional<Integer> limit = number(asked, "limit", USUAL_PRODUCTS);
        Optional<Integer> from = number(asked, "after", 0);
        if (!asked.has("jid")
                || limit.filter(most -> most >= 1 && most <= MOST_PRODUCTS).isEmpty()
                || from.isEmpty()) {
            return IqAnswer.refused(ServiceRefusal.BAD_REQUEST);
        }
        Optional<BusinessProfile> seller = asked.jid("jid").flatMap(this::business);
        if (seller.isEmpty()) {
            return IqAnswer.refused(ServiceRefusal.ITEM_NOT_FOUND);
        }
        List<Product> all = seller.get().products();
        int begin = Math.min(from.get(), all.size());
        int end = Math.min(begin + limit.get(), all.size());
        Node.Builder page = Node.element("product_catalog");
        all.subList(begin, end).forEach(product -> page.child(show(product)));
        if (end < all.size()) {
            page.child(Node.element("paging").child(Node.text("after", Integer.toString(end))));
        }
        return IqAnswer.result(page.build());
    }

    private static Optional<Integer> number(Node asked, String tag, int otherwise) {
        return asked.child(tag).isEmpty()
                ? Optional.of(otherwise)
                : asked.child(tag)
                        .map(Node::contentText)
                        .filter(text -> text.matches("[0-9]{1,6}"))
                        .map(Integer::valueOf);
    }

    private static Node show(Product product) {
        Node.Builder shown = Node.element("product");
        if (product.hidden()) {
            shown.attribute("is_hidden", "true");
        }
        shown.child(Node.text("id", product.id()));
        text(shown, "name", product.name());
        text(shown, "description", product.description());
        text(shown, "retailer_id", product.retailerId());
        text(shown, "url", product.url());
        text(shown, "price", product.price());
        text(shown, "currency", product.currency());
        text(shown, "availability", product.availability());
        shown.child(Node.element("status_info").child(Node.text("status", "APPROVED")));
        if (!product.image().isEmpty()) {
            shown.child(Node.element("media")
                    .child(Node.element("image")
                            .child(Node.text("request_image_url", product.image()))
                            .child(Node.text("original_image_url", product.image()))));
        }
        return shown.build();
    }
}
