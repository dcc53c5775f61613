package io.greenfinch.gateway.account;

import io.greenfinch.gateway.http.ApiMethod;
import io.greenfinch.gateway.http.Call;
import io.greenfinch.gateway.http.Descriptor;
import io.greenfinch.gateway.http.Reply;
import io.greenfinch.gateway.http.Shape;
import io.greenfinch.gateway.instance.Instance;

/** Drops the connection and makes a new one at once. */
public final class Reboot implements ApiMethod.OfInstance {

    @Override
    public Descriptor descriptor() {
        return Descriptor.get("reboot", 1).answering(Shape.object("isReboot", Shape.TRUE));
    }

    @Override
    public Reply handle(Call call, Instance instance) {
        instance.session().ifPresent(session -> session.account().reconnect());
        return Reply.flag("isReboot", true);
    }
}
