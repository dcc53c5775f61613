package io.greenfinch.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonBodyTest {

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\r\n", "\uFEFF", "\uFEFF{}"})
    void nothingIsAnEmptyObject(String text) {
        assertThat(read(text))
                .isInstanceOfSatisfying(
                        JsonBody.Whole.class,
                        fields -> assertThat(fields.node()).isEmpty());
    }

    @Test
    void theLastOfEqualKeysCounts() {
        assertThat(read("{\"a\":1,\"a\":2}"))
                .isInstanceOfSatisfying(
                        JsonBody.Whole.class,
                        fields -> assertThat(fields.node().get("a").intValue()).isEqualTo(2));
    }

    @Test
    void aByteOrderMarkIsPassedOver() {
        assertThat(read("\uFEFF{\"a\":}")).isEqualTo(new JsonBody.Refused("Unexpected token } in JSON at position 5"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"text\"|Unexpected token \" in JSON at position 0",
                "12|Unexpected token 1 in JSON at position 0",
                "null|Unexpected token n in JSON at position 0",
                "groupId=120363%40g.us|Unexpected token g in JSON at position 0",
                "<xml/>|Unexpected token < in JSON at position 0",
                "[]|Validation failed. Details: 'value' must be of type object"
            })
    void whatIsNoObjectIsRefused(String text, String message) {
        assertThat(read(text)).isEqualTo(new JsonBody.Refused(message));
    }

    @Test
    void whatIsTooDeepIsRefused() {
        assertThat(read("[".repeat(2000) + "]".repeat(2000))).isEqualTo(new JsonBody.Refused("bad request data"));
    }

    @FuzzTest
    void anyBytesAreAnObjectOrRefusedInWords(byte[] bytes) {
        switch (read(new String(bytes, StandardCharsets.UTF_8))) {
            case JsonBody.Whole fields -> assertThat(fields.node().isObject()).isTrue();
            case JsonBody.Refused refused ->
                assertThat(refused.message())
                        .matches(
                                "(?s)Unexpected (token .{1,2}|string|number) in JSON at position \\d+|Unexpected end of JSON input"
                                        + "|bad request data|Validation failed\\. Details: 'value' must be of type object");
        }
    }

    private static JsonBody read(String text) {
        return JsonBody.parse(text);
    }
}
