package io.greenfinch.gateway.group;

import io.greenfinch.client.group.Person;
import io.greenfinch.gateway.http.Field;
import io.greenfinch.protocol.binary.Jid;
import java.util.regex.Pattern;

/** Personal ids as GREEN-API writes them (green-api.md §1.5). */
public final class People {

    private static final Pattern FORM = Pattern.compile("[0-9]{1,20}@(c\\.us|lid)");

    /** What a personal id must look like. */
    public static final Field.Rule RULE = Field.format(FORM, "'phone_number@c.us' or 'chat_id@lid'");

    private People() {}

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
