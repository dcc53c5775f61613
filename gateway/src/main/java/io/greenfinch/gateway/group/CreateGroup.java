package io.greenfinch.gateway.group;

import io.greenfinch.client.Session;
import io.greenfinch.client.group.CreatedGroup;
import io.greenfinch.client.stanza.Outcome;
import io.greenfinch.client.stanza.Silence;
import io.greenfinch.gateway.group.InviteLinks.InviteLink;
import io.greenfinch.gateway.http.Answer;
import io.greenfinch.gateway.http.Call;
import io.greenfinch.gateway.http.Field;
import io.greenfinch.gateway.http.InstanceMethod;
import io.greenfinch.gateway.http.Json;
import io.greenfinch.gateway.http.MethodSpec;
import io.greenfinch.gateway.http.Schema;
import io.greenfinch.gateway.instance.Instance;
import io.greenfinch.protocol.binary.Jid;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Creates a group of the account and some people (green-api.md §9.1). */
public final class CreateGroup implements InstanceMethod {

    private static final int MAX_NAME = 100;
    private static final int MAX_PEOPLE = 1023;
    private static final Schema SCHEMA = Schema.of(
            Field.required("groupName", Field.filledText(MAX_NAME)),
            Field.required("chatIds", Field.array(0, MAX_PEOPLE, People.RULE)));
    private static final MethodSpec SPEC =
            MethodSpec.post("createGroup", 1).authorized().taking(SCHEMA);

    private final InviteLinks links;

    public CreateGroup(InviteLinks links) {
        this.links = links;
    }

    @Override
    public MethodSpec spec() {
        return SPEC;
    }

    @Override
    public Answer handle(Call call, Instance instance) {
        List<Jid> people = new ArrayList<>();
        for (JsonNode id : call.body().path("chatIds")) {
            people.add(People.jid(id.stringValue()));
        }
        String name = call.body().path("groupName").stringValue();
        return instance.session()
                .map(session -> create(session, name, people, call))
                .orElseGet(() -> NoAnswers.of(Silence.NOT_LINKED));
    }

    private Answer create(Session session, String name, List<Jid> people, Call call) {
        return switch (session.groups().create(name, people, call.deadline())) {
            case Outcome.Done<CreatedGroup>(CreatedGroup created) -> {
                Jid id = created.group().id();
                InviteLink link = links.of(session, id, call.deadline());
                Answer made = Answer.ok(Json.object()
                        .put("created", true)
                        .put("chatId", id.toString())
                        .put("groupInviteLink", link.url()));
                Optional<String> reason = created.missing().isEmpty() ? link.reason() : Optional.of("not-all-added");
                yield reason.map(made::withReason).orElse(made);
            }
            case Outcome.Refused<CreatedGroup> refused ->
                // WhatsApp's refusal, for example of too many groups in a short time, is documented as a 500.
                Answer.error(500, "Internal Server Error").withReason("refused-" + refused.code());
            case Outcome.Unknown<CreatedGroup> silence -> NoAnswers.of(silence.why());
        };
    }
}
