package io.greenfinch.gateway.group;

import io.greenfinch.client.group.Person;
import io.greenfinch.gateway.http.Field;
import io.greenfinch.protocol.binary.Jid;
import java.util.Optional;
import java.util.regex.Pattern;

/** Personal ids as GREEN-API writes them (green-api.md §1.5). */
public final class People {

    private static final Pattern FORM = Pattern.compile("[0-9]{1,20}@(c\\.us|lid)");

    private static final Pattern POSSIBLE = Pattern.compile("[1-9][0-9]{6,14}@c\\.us");

    /** What a personal id must look like. */
    public static final Field.Rule RULE = Field.format(FORM, "'phone_number@c.us' or 'chat_id@lid'");

    /** The same, of a number that somebody may have. The text names {@code chatId} whatever the field is called, as documented. */
    static final Field.Rule REACHABLE = RULE.and((name, value) ->
            possible(value.stringValue()) ? Optional.empty() : Optional.of("'chatId': invalid phone number"));

    private People() {}

    /** Numbers have seven to fifteen digits with the country code, and none of those begins with a zero (E.164). */
    private static boolean possible(String id) {
        return id.endsWith("@lid") || POSSIBLE.matcher(id).matches();
    }

    /** The JID of an id that {@link #RULE} accepts. */
    public static Jid jid(String id) {
        String user = id.substring(0, id.indexOf('@'));
        return id.endsWith("@lid") ? Jid.lid(user) : Jid.pn(user);
    }

    /** The id of a person: the phone number where it is known, else the LID (design §3). */
    static String id(Person person) {
        return person.pn()
                .map(People::phoneId)
                .or(() -> person.lid().map(Jid::toString))
                .orElse("");
    }

    private static String phoneId(Jid pn) {
        return pn.user() + "@c.us";
    }
}
