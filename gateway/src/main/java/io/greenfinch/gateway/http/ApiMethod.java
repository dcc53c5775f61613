package io.greenfinch.gateway.http;

import io.greenfinch.client.Session;
import io.greenfinch.gateway.instance.Instance;

/**
 * A method of the API. What it needs of the caller's instance stands in the kind it is of. Each does its work on the
 * request's own virtual thread and may block until the call's deadline. Implementations are thread-safe.
 */
public sealed interface ApiMethod {

    /** Always the same; asked for once. */
    Descriptor descriptor();

    /** One of {@code /waInstance{id}/{method}/{token}} that works in any state; a deleted instance serves none. */
    non-sealed interface OfInstance extends ApiMethod {
        Reply handle(Call call, Instance instance);
    }

    /** One for an instance that is linked, and not in a state in which WhatsApp refuses it. */
    interface OfAccount extends OfInstance {
        Reply handle(Call call, Instance instance, Session session);

        @Override
        default Reply handle(Call call, Instance instance) {
            return instance.session()
                    .map(session -> handle(call, instance, session))
                    .orElseGet(Reply::notLinked); // unlinked a moment ago
        }
    }

    /** One of those that needs nothing but the session. */
    interface OfSession extends OfAccount {
        Reply handle(Call call, Session session);

        @Override
        default Reply handle(Call call, Instance instance, Session session) {
            return handle(call, session);
        }
    }

    /** One of {@code /partner/{method}/{partnerToken}}. */
    non-sealed interface OfPartner extends ApiMethod {
        Reply handle(Call call);
    }
}
