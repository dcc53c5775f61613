package io.greenfinch.gateway.group;

import io.greenfinch.client.Session;
import io.greenfinch.client.group.GroupChange;
import io.greenfinch.client.group.GroupUpdate.Action;
import io.greenfinch.client.stanza.Outcome;
import io.greenfinch.client.stanza.Silence;
import io.greenfinch.gateway.http.Answer;
import io.greenfinch.gateway.http.Call;
import io.greenfinch.gateway.http.Field;
import io.greenfinch.gateway.http.InstanceMethod;
import io.greenfinch.gateway.http.Json;
import io.greenfinch.gateway.http.MethodSpec;
import io.greenfinch.gateway.http.Schema;
import io.greenfinch.gateway.instance.Instance;
import io.greenfinch.protocol.binary.Jid;
import java.util.List;

/**
 * Adds or removes a participant of a group, makes one an admin or takes that back (green-api.md §9.5 to §9.8). The flag is
 * true only when WhatsApp confirmed it for that very person.
 */
public final class ChangeParticipant implements InstanceMethod {

    private static final Schema SCHEMA =
            Schema.of(Field.required("groupId", GroupIds.RULE), Field.required("participantChatId", People.REACHABLE));

    private final String name;
    private final String flag;
    private final Action action;

    private ChangeParticipant(String name, String flag, Action action) {
        this.name = name;
        this.flag = flag;
        this.action = action;
    }

    /** The four methods. */
    public static List<InstanceMethod> all() {
        return List.of(
                new ChangeParticipant("addGroupParticipant", "addParticipant", Action.ADD),
                new ChangeParticipant("removeGroupParticipant", "removeParticipant", Action.REMOVE),
                new ChangeParticipant("setGroupAdmin", "setGroupAdmin", Action.PROMOTE),
                new ChangeParticipant("removeAdmin", "removeAdmin", Action.DEMOTE));
    }

    @Override
    public MethodSpec spec() {
        return MethodSpec.post(name, 10).authorized().taking(SCHEMA);
    }

    @Override
    public Answer handle(Call call, Instance instance) {
        Jid group = GroupIds.jid(call.body().path("groupId").stringValue());
        Jid person = People.jid(call.body().path("participantChatId").stringValue());
        return instance.session()
                .map(session -> change(session, group, person, call))
                .orElseGet(() -> NoAnswers.of(Silence.NOT_LINKED));
    }

    private Answer change(Session session, Jid group, Jid person, Call call) {
        return switch (session.groups().change(group, new GroupChange.Member(action, person), call.deadline())) {
            case Outcome.Done<GroupChange> done -> Answer.ok(Json.object().put(flag, true));
            case Outcome.Refused<GroupChange> refused ->
                Answer.ok(Json.object().put(flag, false)).withReason(ChangeReasons.of(refused, action));
            case Outcome.Unknown<GroupChange> silence -> NoAnswers.of(silence.why());
        };
    }
}
