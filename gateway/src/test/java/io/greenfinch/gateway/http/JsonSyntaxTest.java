package io.greenfinch.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;

class JsonSyntaxTest {

    private static final String SAMPLE =
            "{\"groupId\": \"120363000000000001@g.us\", \"a\":[1,-2.5e+3,0,true,false,null,"
                    + "{\"\\u00e9\\n\":\"\\\\ \\\"x\\\"\"},[],{}]}";

    /** What Node 18 says of these. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"groupId\": 120363@g.us}|Unexpected token @ in JSON at position 18",
                "{groupId: \"x\"}|Unexpected token g in JSON at position 1",
                "{'groupId': 'x'}|Unexpected token ' in JSON at position 1",
                "{\"a\":tru}|Unexpected token } in JSON at position 8",
                "{\"a\":True}|Unexpected token T in JSON at position 5",
                "{\"a\":1,}|Unexpected token } in JSON at position 7",
                "[1,]|Unexpected token ] in JSON at position 3",
                "{\"a\" \"b\"}|Unexpected string in JSON at position 5",
                "{\"a\":1 2}|Unexpected number in JSON at position 7",
                "{1:2}|Unexpected number in JSON at position 1",
                "{\"a\":01}|Unexpected number in JSON at position 6",
                "{\"a\":.5}|Unexpected token . in JSON at position 5",
                "{\"a\":-}|Unexpected token } in JSON at position 6",
                "{\"a\":\"\\q\"}|Unexpected token q in JSON at position 7",
                "{\"a\":\"\\u12G4\"}|Unexpected token G in JSON at position 10",
                "{} x|Unexpected token x in JSON at position 3",
                "{\"a\":NaN}|Unexpected token N in JSON at position 5",
                "{\"a\":1|Unexpected end of JSON input",
                "{\"a\":|Unexpected end of JSON input",
                "{\"a|Unexpected end of JSON input",
                "{\"a\":nul|Unexpected end of JSON input",
                "[|Unexpected end of JSON input",
                "{|Unexpected end of JSON input",
                "{\"a\":😀}|Unexpected token 😀 in JSON at position 5",
                "{\"groupId\": “x”}|Unexpected token “ in JSON at position 12"
            })
    void namesThePlaceInTheWordsClientsKnow(String text, String complaint) {
        assertThat(JsonSyntax.complaint(text)).hasValue(complaint);
    }

    @Test
    void aBareLineBreakInATextIsFound() {
        assertThat(JsonSyntax.complaint("{\"a\":\"x\ny\"}")).hasValue("Unexpected token \n in JSON at position 7");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {SAMPLE, "{}", "[]", " [ ] ", "1", "\"x\"", "null", "{\"a\":{\"b\":[[],[{}]]}}", "-0", "1E5"})
    void hasNothingToSayOfJson(String text) {
        assertThat(JsonSyntax.complaint(text)).isEmpty();
    }

    @Test
    void depthCostsNoStack() {
        assertThat(JsonSyntax.complaint("[".repeat(1_000_000))).hasValue("Unexpected end of JSON input");
    }

    @Test
    void lengthCostsNoStack() {
        String text = "\\n\\u00e9x".repeat(100_000);
        assertThat(JsonSyntax.complaint("[\"" + text + "\"]")).isEmpty();
        assertThat(JsonSyntax.complaint("[\"" + text)).hasValue("Unexpected end of JSON input");
        assertThat(JsonSyntax.complaint("1".repeat(1_000_000))).isEmpty();
    }

    /** The reader that decides and the one that explains must not disagree. */
    @Test
    void agreesWithTheRealParserOnDamagedTexts() {
        Random random = new Random(20261123);
        String alphabet = "{}[]:,\"\\0123456789.eE+-truefalsn \n\tx\u00e9\ud83d";
        for (int round = 0; round < 50_000; round++) {
            // An opening bracket stays: texts without any value never get here.
            StringBuilder text = new StringBuilder(SAMPLE);
            for (int edits = 1 + random.nextInt(3); edits > 0; edits--) {
                int at = 1 + random.nextInt(Math.max(1, text.length() - 1));
                switch (random.nextInt(4)) {
                    case 0 -> text.delete(at, at + 1);
                    case 1 ->
                        text.insert(Math.min(at, text.length()), alphabet.charAt(random.nextInt(alphabet.length())));
                    case 2 -> text.replace(at, at + 1, alphabet.substring(random.nextInt(alphabet.length() - 1)));
                    default -> text.setLength(at);
                }
            }
            String damaged = text.toString();
            assertThat(JsonSyntax.complaint(damaged).isEmpty())
                    .as("round %d: %s", round, damaged)
                    .isEqualTo(parses(damaged));
        }
    }

    private static boolean parses(String text) {
        try {
            Json.MAPPER.readTree(text);
            return true;
        } catch (JacksonException e) {
            return false;
        }
    }
}
