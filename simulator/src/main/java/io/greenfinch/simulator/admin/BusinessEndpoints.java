package io.greenfinch.simulator.admin;

import io.greenfinch.simulator.account.BusinessProfile;
import io.greenfinch.simulator.account.BusinessProfile.Product;
import io.greenfinch.simulator.world.World;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Makes businesses of people, and people of businesses. */
final class BusinessEndpoints {

    private static final String PATH = "/admin/people/{phone}/business";
    private static final int MOST_PRODUCTS = 10_000;

    private final World world;
    private final PersonLookup people;

    private BusinessEndpoints(World world) {
        this.world = world;
        this.people = new PersonLookup(world);
    }

    static void register(AdminHandler admin, World world) {
        BusinessEndpoints endpoints = new BusinessEndpoints(world);
        admin.on("PUT", PATH, endpoints::set).on("DELETE", PATH, endpoints::remove);
    }

    private AdminAnswer set(AdminRequest request) {
        Input input = request.input();
        List<Product> products = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (Input each : input.objects("products")) {
            Product product = product(each);
            if (!ids.add(product.id())) {
                throw BadInput.malformed("two products have the id " + product.id());
            }
            products.add(product);
        }
        if (products.size() > MOST_PRODUCTS) {
            throw BadInput.malformed("there can be no more than " + MOST_PRODUCTS + " products");
        }
        BusinessProfile business = new BusinessProfile(
                text(input, "description"),
                text(input, "category"),
                text(input, "email"),
                text(input, "address"),
                text(input, "website"),
                products);
        input.end();
        return set(request, Optional.of(business));
    }

    private AdminAnswer remove(AdminRequest request) {
        return set(request, Optional.empty());
    }

    private AdminAnswer set(AdminRequest request, Optional<BusinessProfile> business) {
        return world.change(() -> {
            var account = people.at(request.parameter("phone"));
            account.business(business);
            return AdminAnswer.ok(people.show(account));
        });
    }

    private static Product product(Input input) {
        String price = text(input, "price");
        if (!price.matches("[0-9]{0,15}")) {
            throw BadInput.malformed("\"price\" must be digits: thousandths of the currency");
        }
        Product product = new Product(
                input.requiredText("id"),
                text(input, "name"),
                text(input, "description"),
                text(input, "retailerId"),
                text(input, "url"),
                price,
                text(input, "currency"),
                text(input, "availability"),
                input.flag("hidden").orElse(false),
                text(input, "image"));
        input.end();
        return product;
    }

    private static String text(Input input, String name) {
        return input.text(name).orElse("");
    }
}
