package io.greenfinch.client.business;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import java.util.List;
import java.util.Optional;

class BusinessFuzzTest {

    private static final int MOST = 5;
    private static final List<String> TAGS = List.of(
            "business_profile",
            "profile",
            "categories",
            "category",
            "website",
            "email",
            "product_catalog",
            "product",
            "id",
            "name",
            "price",
            "url",
            "media",
            "image",
            "request_image_url",
            "original_image_url",
            "status_info",
            "status",
            "paging",
            "after");
    private static final List<String> TEXTS =
            List.of("", "1", "-1", "99999999999999999999", "https://example.com/a", "javascript:alert(1)", "http:// ");

    private int left;

    /** Whatever a server tells of a business, a host gets texts of a bearable length, and addresses of the web. */
    @FuzzTest
    void tell(FuzzedDataProvider data) {
        left = 200;
        Node answer = Node.element("iq")
                .child(element("business_profile", data, 4))
                .child(element("product_catalog", data, 4))
                .build();

        CatalogPage page = new CatalogQuestion(Jid.pn("15550001002"), MOST, Optional.empty()).told(answer);
        assertThat(page.products()).hasSizeLessThanOrEqualTo(MOST).allSatisfy(product -> {
            assertThat(product.id()).isNotEmpty();
            assertThat(List.of(product.name(), product.description(), product.currency()))
                    .allSatisfy(BusinessFuzzTest::isBearable);
            assertThat(List.of(product.url(), product.image(), product.originalImage()))
                    .allSatisfy(BusinessFuzzTest::isOfTheWeb);
            product.price().ifPresent(price -> assertThat(price).isNotNegative());
        });
        assertThat(page.after().orElse("there")).isNotEmpty().hasSizeLessThanOrEqualTo(4096);
        ProfileQuestion.told(answer).ifPresent(profile -> {
            isBearable(profile.description() + profile.category());
            isOfTheWeb(profile.website());
        });
    }

    private static void isBearable(String text) {
        assertThat(text.length()).isLessThanOrEqualTo(20_000);
    }

    private static void isOfTheWeb(String url) {
        assertThat(url).matches("|(?i)https?:.*");
    }

    private Node element(String tag, FuzzedDataProvider data, int depth) {
        Node.Builder element = Node.element(tag);
        if (data.consumeBoolean()) {
            element.attribute("is_hidden", data.consumeString(10));
        }
        if (depth == 0 || left <= 0 || data.consumeInt(0, 3) == 0) {
            return element.text(data.consumeBoolean() ? data.pickValue(TEXTS) : data.consumeString(20_000))
                    .build();
        }
        for (int i = data.consumeInt(0, 8); i > 0 && left > 0; i--) {
            left--;
            element.child(element(data.pickValue(TAGS), data, depth - 1));
        }
        return element.build();
    }
}
