package io.greenfinch.gateway.group;

import io.greenfinch.client.group.Invitation;
import io.greenfinch.client.group.InviteCode;
import io.greenfinch.gateway.http.Call;
import io.greenfinch.gateway.http.Field;
import io.greenfinch.gateway.http.FieldType;
import io.greenfinch.gateway.http.Fields;
import io.greenfinch.gateway.http.Reply;
import io.greenfinch.gateway.http.Shape;
import io.greenfinch.protocol.binary.Jid;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * What somebody was invited to a group with: a link, or the content of a message of the type {@code groupInviteMessage}. A
 * request has the one or the other, and whole.
 */
final class InviteFields {

    private static final Field<Optional<InviteCode>> LINK = Field.optional("groupInviteLink", InviteLinks.LINK);
    private static final Field<Optional<Jid>> GROUP = Field.optional("groupId", ChatIds.GROUP_ID);
    private static final Field<Optional<String>> CODE =
            Field.optional("inviteCode", FieldType.FILLED_TEXT.notLonger(256));
    private static final Field<Optional<Jid>> INVITER = Field.optional("inviter", ChatIds.PERSON_ID);

    /** As far as a clock of our own can show. */
    private static final long LATEST = 99_999_999_999L;

    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,11}");

    /** Notifications write it as a text. */
    private static final Field<Optional<Instant>> EXPIRATION = Field.optional(
            "inviteExpiration",
            FieldType.ANY
                    .and(FieldType.is(InviteFields::isMoment, "must be a number of seconds"))
                    .as(InviteFields::moment)
                    .shaped(Shape.either(Shape.number(0, LATEST), Shape.pattern(SECONDS.pattern()))));

    private static final List<Field<? extends Optional<?>>> INVITATION = List.of(GROUP, CODE, EXPIRATION, INVITER);

    static final Fields ALL =
            new Fields(List.of(LINK, GROUP, CODE, EXPIRATION, INVITER), List.of(LINK.name(), CODE.name()), false);

    private InviteFields() {}

    private static boolean isMoment(JsonNode value) {
        return value.isIntegralNumber()
                ? value.canConvertToLong() && value.longValue() >= 0 && value.longValue() <= LATEST
                : value.isString() && SECONDS.matcher(value.stringValue()).matches();
    }

    private static Instant moment(JsonNode value) {
        return Instant.ofEpochSecond(value.isString() ? Long.parseLong(value.stringValue()) : value.longValue());
    }

    /** Answers to what a call has; to one that has both, or half an invitation, that it is wrong. */
    static Reply with(Call call, Function<InviteCode, Reply> link, Function<Invitation, Reply> invitation) {
        Optional<InviteCode> code = call.get(LINK);
        if (code.isPresent()) {
            return INVITATION.stream().anyMatch(field -> call.get(field).isPresent())
                    ? wrong("'value' contains a conflict between exclusive peers [groupInviteLink, inviteCode]")
                    : link.apply(code.get());
        }
        Optional<Field<? extends Optional<?>>> missing =
                INVITATION.stream().filter(field -> call.get(field).isEmpty()).findFirst();
        return missing.map(field -> wrong("'" + field.name() + "' is required"))
                .orElseGet(() -> invitation.apply(new Invitation(
                        call.get(GROUP).orElseThrow(),
                        call.get(INVITER).orElseThrow(),
                        call.get(CODE).orElseThrow(),
                        call.get(EXPIRATION).orElseThrow())));
    }

    private static Reply wrong(String details) {
        return Reply.error(400, Fields.FAILED + details);
    }
}
