package io.greenfinch.gateway.group;

import io.greenfinch.client.Session;
import io.greenfinch.client.group.GroupChange;
import io.greenfinch.client.stanza.Outcome;
import io.greenfinch.gateway.http.ApiMethod;
import io.greenfinch.gateway.http.Call;
import io.greenfinch.gateway.http.Descriptor;
import io.greenfinch.gateway.http.Field;
import io.greenfinch.gateway.http.FieldType;
import io.greenfinch.gateway.http.Reply;
import io.greenfinch.gateway.http.Shape;
import java.security.SecureRandom;
import java.util.HexFormat;

/** Describes a group in other words, or in none. An extension of Greenfinch. */
public record SetGroupDescription(SecureRandom random) implements ApiMethod.OfSession {

    private static final String FLAG = "setGroupDescription";

    /** The most characters in which a group describes itself. */
    static final int LONGEST = 2048;

    /** An empty text takes the description away. */
    private static final Field<String> TEXT = Field.required("description", FieldType.TEXT.notLonger(LONGEST));

    @Override
    public Descriptor descriptor() {
        return Descriptor.post(FLAG, 10)
                .taking(ChatIds.GROUP, TEXT)
                .answering(Shape.object(FLAG, Shape.FLAG))
                .withReasons(String.join(" ", Reasons.CHANGE, "unchanged", Descriptor.REFUSED));
    }

    @Override
    public Reply handle(Call call, Session session) {
        GroupChange change = new GroupChange.Description(wording(), call.get(TEXT));
        Outcome<GroupChange> outcome = session.groups().change(call.get(ChatIds.GROUP), change, call.deadline());
        return Reasons.changed(outcome, FLAG, "unchanged", true);
    }

    /** A name for the wording that no other has, in the form that WhatsApp's own clients use. */
    private String wording() {
        byte[] bytes = new byte[9];
        random.nextBytes(bytes);
        return "3EB0" + HexFormat.of().withUpperCase().formatHex(bytes);
    }
}
