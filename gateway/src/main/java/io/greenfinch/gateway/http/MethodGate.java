package io.greenfinch.gateway.http;

import io.greenfinch.client.Session;
import io.greenfinch.gateway.chat.ChatNames;
import io.greenfinch.gateway.instance.Instance;
import io.greenfinch.gateway.store.MessageTable;
import io.greenfinch.protocol.binary.Jid;
import java.time.Clock;
import java.util.Optional;

/**
 * What the caller of a method of instances has to pass, however the call came: the state of the instance and its quota.
 * Thread-safe.
 *
 * @param chats tells what an instance has written of a chat by that name
 */
public record MethodGate(Quotas quotas, MessageTable chats, Clock clock) {

    /** Does the work of a method, or says why not. */
    Reply pass(ApiMethod.OfInstance method, String name, Instance instance, Call call) {
        return unfit(method, instance)
                .or(() -> quotas.exceeded(instance.id(), name))
                .orElseGet(() -> handle(method, instance, call));
    }

    /** The same for one that changes nothing and does not count. */
    Reply look(ApiMethod.OfInstance method, Instance instance, Call call) {
        return unfit(method, instance).orElseGet(() -> handle(method, instance, call));
    }

    /** Whoever is named by LID and whose number is known is the same person, with the same chat. */
    private Reply handle(ApiMethod.OfInstance method, Instance instance, Call call) {
        return method.handle(
                instance.session()
                        .map(session -> call.naming(jid -> named(instance.id(), session, jid)))
                        .orElse(call),
                instance);
    }

    /** Of several ways to write a number it is WhatsApp's. A chat that was written down before the number was known keeps its name. */
    private Jid named(long instance, Session session, Jid jid) {
        boolean other = jid.isPn() || (jid.isLid() && !chats.knows(instance, ChatNames.of(jid)));
        return other ? session.people().shown(jid) : jid;
    }

    /** The answer when the instance is in no state for this method. */
    private Optional<Reply> unfit(ApiMethod.OfInstance method, Instance instance) {
        if (instance.deleted().isPresent()) {
            return Optional.of(Reply.error(400, "Instance is deleted"));
        }
        if (!(method instanceof ApiMethod.OfAccount)) {
            return Optional.empty();
        }
        return switch (instance.state(clock.instant())) {
            case AUTHORIZED -> Optional.empty();
            case STARTING -> Optional.of(Reply.error(400, "instance in starting process try later"));
            case NOT_AUTHORIZED, BLOCKED, SUSPENDED -> Optional.of(Reply.notLinked());
        };
    }
}
