package io.greenfinch.gateway.preview;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.JsonNodeFactory;

class PreviewWishTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "See https://example.com/a?b=1#c. Bye | https://example.com/a?b=1#c",
                "(http://example.com/путь) | http://example.com/путь",
                "(https://en.wikipedia.org/wiki/Foo_(bar)) | https://en.wikipedia.org/wiki/Foo_(bar))",
                "https://en.wikipedia.org/wiki/Foo_(bar). | https://en.wikipedia.org/wiki/Foo_(bar)",
                "HTTPS://EXAMPLE.COM | HTTPS://EXAMPLE.COM",
                "two http://one.example and http://two.example | http://one.example",
                "no link here |",
                "xhttps://example.com is no word of its own |",
                "https:// |",
                "ftp://example.com |",
            })
    void theFirstLinkIsFound(String text, String link) {
        assertThat(PreviewWish.of(text, Optional.empty(), false).map(PreviewWish::link))
                .isEqualTo(Optional.ofNullable(link));
    }

    @Test
    void aCallerSaysWhichLinkAndWhatOfIt() {
        var custom = JsonNodeFactory.instance.objectNode().put("title", "T").put("link", "example.com/shop");
        PreviewWish wish = PreviewWish.of("Go to example.com/shop", Optional.of(custom), false)
                .orElseThrow();
        assertThat(wish.link()).isEqualTo("example.com/shop");
        assertThat(PreviewWish.of(wish.node())).hasValue(wish);
        assertThat(PreviewWish.of("It is not here", Optional.of(custom), false)).isEmpty();
        assertThat(wish).hasToString("PreviewWish[hidden]");
    }
}
