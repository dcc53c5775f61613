package io.greenfinch.interop.docs;

import java.util.stream.IntStream;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Holds answers against those that a page shows: the same members of the same types, the same flags; texts and numbers are examples. */
final class AnswerForm {
    private static final JsonMapper JSON = new JsonMapper();

    private AnswerForm() {}

    /** What of the shown answer is not so in the one that came. */
    static Stream<String> differences(String shown, String came) {
        return differences("answer", JSON.readTree(shown), JSON.readTree(came));
    }

    private static Stream<String> differences(String where, JsonNode shown, JsonNode came) {
        if (shown.getNodeType() != came.getNodeType() || (shown.isBoolean() && !shown.equals(came))) {
            return Stream.of("%s is %s, and not like %s".formatted(where, came, shown));
        }
        if (shown.isArray()) {
            return came.size() < shown.size()
                    ? Stream.of("%s has %d items".formatted(where, came.size()))
                    : IntStream.range(0, shown.size())
                            .boxed()
                            .flatMap(i -> differences("%s[%d]".formatted(where, i), shown.get(i), came.get(i)));
        }
        return shown.propertyStream()
                .flatMap(member -> came.has(member.getKey())
                        ? differences(where + "." + member.getKey(), member.getValue(), came.get(member.getKey()))
                        : Stream.of("%s has no %s".formatted(where, member.getKey())));
    }
}
