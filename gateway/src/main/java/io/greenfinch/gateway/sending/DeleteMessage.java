package io.greenfinch.gateway.sending;

import io.greenfinch.client.Session;
import io.greenfinch.gateway.chat.MessageWriting;
import io.greenfinch.gateway.contact.SharedActions;
import io.greenfinch.gateway.http.ApiMethod;
import io.greenfinch.gateway.http.Call;
import io.greenfinch.gateway.http.Descriptor;
import io.greenfinch.gateway.http.Descriptor.Trait;
import io.greenfinch.gateway.http.Field;
import io.greenfinch.gateway.http.FieldType;
import io.greenfinch.gateway.http.Reply;
import io.greenfinch.gateway.instance.Instance;
import io.greenfinch.gateway.store.MessageTable.Entry;
import io.greenfinch.protocol.appstate.AccountAction.OwnDeletion;
import io.greenfinch.protocol.appstate.LastMessage;
import java.util.List;
import java.util.Optional;

/** Takes one of our messages back, for everybody or on our own devices alone (green-api.md §11.7). */
public record DeleteMessage(Sending sending) implements ApiMethod.OfInstance {

    private static final Field<Optional<Boolean>> ONLY_HERE = Field.optional("onlySenderDelete", FieldType.FLAG);

    @Override
    public Descriptor descriptor() {
        return Descriptor.post("deleteMessage", 10)
                .taking(SendFields.CHAT, SendFields.MESSAGE, ONLY_HERE)
                .with(Trait.EMPTY)
                .withReasons(502, SharedActions.REASONS);
    }

    @Override
    public Reply handle(Call call, Instance instance) {
        String id = call.get(SendFields.MESSAGE);
        Optional<Entry> own = sending.own(instance, call.get(SendFields.CHAT), id);
        if (own.isEmpty()) {
            return SendFields.unknown(id);
        }
        if (call.get(ONLY_HERE).orElse(false)) {
            return deleteHere(call, instance, own.get());
        }
        if (SendFields.neverSent(own.get())) {
            return SendFields.notSent(id);
        }
        Draft draft = new Draft(
                "deleteMessage",
                call.get(SendFields.CHAT),
                SendFields.about(call),
                MessageWriting.deletion(call.get(SendFields.CHAT), id));
        return sending.give(instance, List.of(draft), call.record(), ids -> Reply.empty(200));
    }

    /** On the account's own devices: nobody else is told, so nothing is queued. */
    private static Reply deleteHere(Call call, Instance instance, Entry message) {
        Optional<Session> session = instance.linkedSession();
        if (session.isEmpty()) {
            return Reply.notLinked();
        }
        OwnDeletion deletion = new OwnDeletion(
                call.get(SendFields.CHAT), new LastMessage(message.id(), true, Optional.empty(), message.at()));
        return SharedActions.answer(
                session.get().appState().write(List.of(deletion), call.deadline()), () -> Reply.empty(200));
    }
}
