package io.greenfinch.gateway.account;

import io.greenfinch.client.LogoutOutcome;
import io.greenfinch.gateway.http.ApiMethod;
import io.greenfinch.gateway.http.Call;
import io.greenfinch.gateway.http.Descriptor;
import io.greenfinch.gateway.http.Descriptor.Trait;
import io.greenfinch.gateway.http.Reply;
import io.greenfinch.gateway.http.Shape;
import io.greenfinch.gateway.instance.Instance;

/** Unlinks the account. Only WhatsApp's own confirmation counts; without it the link is kept. */
public final class Logout implements ApiMethod.OfInstance {

    @Override
    public Descriptor descriptor() {
        return Descriptor.get("logout", 1).with(Trait.UNCERTAIN).answering(Shape.object("isLogout", Shape.TRUE));
    }

    @Override
    public Reply handle(Call call, Instance instance) {
        LogoutOutcome outcome = instance.session()
                .map(session -> session.account().logout(call.deadline()))
                .orElse(LogoutOutcome.NOT_LINKED);
        return switch (outcome) {
            // Who is not linked is logged out: the wish is fulfilled.
            case UNLINKED, NOT_LINKED -> Reply.flag("isLogout", true);
            case UNKNOWN -> Reply.error(502, "Bad Gateway").withReason("unknown");
        };
    }
}
