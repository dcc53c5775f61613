package io.greenfinch.gateway.group;

import io.greenfinch.gateway.http.Field;
import io.greenfinch.protocol.binary.Jid;
import java.util.regex.Pattern;

/** Group ids as callers write them. WhatsApp decides whether there is such a group; only the form is checked here. */
public final class GroupIds {

    private static final String SUFFIX = "@" + Jid.GROUPS;
    private static final Pattern FORM = Pattern.compile("[0-9]{1,32}(-[0-9]{1,20})?@g\\.us");

    /** What a group id must look like (design §5). */
    public static final Field.Rule RULE = Field.format(FORM, "'group_id@g.us'");

    private GroupIds() {}

    /** The JID of an id that {@link #RULE} accepts. */
    public static Jid jid(String id) {
        return Jid.group(id.substring(0, id.length() - SUFFIX.length()));
    }
}
