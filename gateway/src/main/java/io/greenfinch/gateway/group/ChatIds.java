package io.greenfinch.gateway.group;

import io.greenfinch.gateway.chat.ChatNames;
import io.greenfinch.gateway.http.Field;
import io.greenfinch.gateway.http.FieldType;
import io.greenfinch.gateway.http.Shape;
import io.greenfinch.protocol.binary.Jid;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * Ids of people and groups as GREEN-API writes them (green-api.md §1.5). WhatsApp decides whether there is such a person
 * or group; only the form is checked here.
 */
public final class ChatIds {

    private static final String GROUP_FORM = "[0-9]{1,32}(-[0-9]{1,20})?@g\\.us";
    private static final String PERSON_FORM = "[0-9]{1,20}@(c\\.us|lid)";

    /** Numbers have seven to fifteen digits with the country code, and none of those begins with a zero (E.164). */
    private static final Pattern POSSIBLE = Pattern.compile("[1-9][0-9]{6,14}@c\\.us|[0-9]+@lid");

    public static final Shape GROUP_SHAPE = Shape.pattern(GROUP_FORM).named("GroupId");
    public static final Shape PERSON_SHAPE = Shape.pattern(PERSON_FORM).named("PersonId");

    public static final Shape PERSON_OR_NOBODY = Shape.either(Shape.constant(""), PERSON_SHAPE);

    /** People, and what else WhatsApp lists as a member, such as {@code …@bot}. */
    public static final Shape MEMBER_SHAPE = Shape.pattern("[^@]+@[a-z.]+");

    /** What names a group (design §5). */
    public static final FieldType<Jid> GROUP_ID = type(GROUP_FORM, "'group_id@g.us'", GROUP_SHAPE);

    /** The group that a method is about. */
    public static final Field<Jid> GROUP = Field.required("groupId", GROUP_ID);

    /** What names a person, by a number that somebody may have. */
    public static final FieldType<Jid> PERSON_ID = type(
                    PERSON_FORM, "'phone_number@c.us' or 'chat_id@lid'", PERSON_SHAPE)
            .and(ChatIds::impossible);

    /** The community that a method is about: its parent group. */
    static final Field<Jid> COMMUNITY = Field.required("communityId", GROUP_ID);

    /** The groups that a method is about, in the order of its results. */
    static final Field<List<Jid>> GROUPS = Field.required("groupIds", FieldType.array(1, EachResult.MOST, GROUP_ID));

    /** Names whom a result is about. */
    static final String PARTICIPANT = "participantChatId";

    /** The people that a method is about, in the order of its results. */
    static final Field<List<Jid>> PEOPLE =
            Field.required("participantChatIds", FieldType.array(1, EachResult.MOST, PERSON_ID));

    /** What names either. */
    public static final FieldType<Jid> CHAT_ID = type(
                    PERSON_FORM + "|" + GROUP_FORM,
                    "'phone_number@c.us', 'chat_id@lid' or 'group_id@g.us'",
                    Shape.either(PERSON_SHAPE, GROUP_SHAPE))
            .and(ChatIds::impossible);

    private ChatIds() {}

    private static FieldType<Jid> type(String form, String formats, Shape shape) {
        return FieldType.format(Pattern.compile(form), formats)
                .as(ChatNames::jid)
                .shaped(shape);
    }

    /** The text names {@code chatId} whatever the field, as documented; of several the one. */
    private static Optional<String> impossible(String name, JsonNode id) {
        return id.stringValue().endsWith("@g.us")
                        || POSSIBLE.matcher(id.stringValue()).matches()
                ? Optional.empty()
                : Optional.of("'" + (name.endsWith("]") ? name : "chatId") + "': invalid phone number");
    }
}
