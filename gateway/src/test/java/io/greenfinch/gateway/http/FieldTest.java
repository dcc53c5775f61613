package io.greenfinch.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.gateway.group.ChatIds;
import io.greenfinch.gateway.instance.ApiToken;
import io.greenfinch.protocol.binary.Jid;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** One object checks a field, reads it and describes it. */
class FieldTest {

    private static final Field<Optional<Long>> COUNT = Field.optional("count", FieldType.integer(1, 5));
    private static final Field<List<String>> NAMES =
            Field.required("names", FieldType.array(1, 2, FieldType.FILLED_TEXT.notLonger(3)));

    private static <T> T read(Field<T> field, String json) {
        return new Call(
                        (ObjectNode) Json.parse(json),
                        Optional.empty(),
                        Instant.EPOCH,
                        new ApiToken("token"),
                        RepeatRecord.NONE)
                .get(field);
    }

    private static String complaint(Field<?> field, String json) {
        Fields fields = new Fields(List.of(field), List.of(), false);
        return fields.complaint((ObjectNode) Json.parse(json)).orElse("");
    }

    @Test
    void aFieldIsReadAsWhatItStandsFor() {
        assertThat(read(ChatIds.GROUP, "{\"groupId\":\"120363000000000001@g.us\"}"))
                .isEqualTo(Jid.group("120363000000000001"));
        assertThat(read(NAMES, "{\"names\":[\"a\",\"b\"]}")).containsExactly("a", "b");
        assertThat(read(COUNT, "{\"count\":3}")).hasValue(3L);
    }

    @Test
    void anOptionalFieldThatIsNullOrMissingIsEmpty() {
        assertThat(read(COUNT, "{}")).isEmpty();
        assertThat(read(COUNT, "{\"count\":null}")).isEmpty();
        assertThat(complaint(COUNT, "{\"count\":null}")).isEmpty();
    }

    @Test
    void whatIsWrongIsSaidOfTheVeryElement() {
        assertThat(complaint(NAMES, "{\"names\":[\"a\",\"long\"]}"))
                .isEqualTo(Fields.FAILED + "'names[1]' length must be less than or equal to 3 characters long");
        assertThat(complaint(NAMES, "{\"names\":[\"a\",\"a\"]}"))
                .isEqualTo(Fields.FAILED + "'names[1]' contains a duplicate value");
        assertThat(complaint(NAMES, "{\"names\":[]}"))
                .isEqualTo(Fields.FAILED + "'names' must contain at least 1 items");
        assertThat(complaint(COUNT, "{\"count\":6}"))
                .isEqualTo(Fields.FAILED + "'count' must be less than or equal to 5");
        assertThat(complaint(ChatIds.GROUP, "{}")).isEqualTo(Fields.FAILED + "'groupId' is required");
    }

    @Test
    void itIsDescribedAsItIsChecked() {
        assertThat(COUNT.shape().schema().toString())
                .isEqualTo("{\"type\":[\"integer\",\"null\"],\"minimum\":1,\"maximum\":5}");
        assertThat(NAMES.shape().schema())
                .isEqualTo(Json.parse(
                        "{\"type\":\"array\",\"items\":{\"type\":\"string\",\"minLength\":1,\"maxLength\":3},"
                                + "\"minItems\":1,\"maxItems\":2,\"uniqueItems\":true}"));
    }
}
