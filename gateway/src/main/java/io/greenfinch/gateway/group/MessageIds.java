package io.greenfinch.gateway.group;

import io.greenfinch.gateway.http.FieldType;
import io.greenfinch.gateway.http.Json;

/** What names a message in a request (green-api.md §1.5). */
public final class MessageIds {

    private static final int SHORTEST = 16;

    /** Characters of the longest one. */
    public static final int LONGEST = 128;

    /** The id of a message; the complaint about a short one is the documented one, whatever the field is called (§2.3). */
    public static final FieldType<String> MESSAGE_ID = FieldType.FILLED_TEXT
            .and((name, value) -> FieldType.is(
                            id -> id.stringValue().length() >= SHORTEST, "must be at least " + SHORTEST + " symbols")
                    .complaint("message id", value))
            .notLonger(LONGEST)
            .describedBy("minLength", Json.of(SHORTEST));

    private MessageIds() {}
}
