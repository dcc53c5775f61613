package io.greenfinch.gateway.account;

import io.greenfinch.client.PasskeyStep;
import io.greenfinch.client.Session;
import io.greenfinch.gateway.http.ApiMethod;
import io.greenfinch.gateway.http.Call;
import io.greenfinch.gateway.http.Descriptor;
import io.greenfinch.gateway.http.Descriptor.Trait;
import io.greenfinch.gateway.http.Reply;
import io.greenfinch.gateway.http.Shape;
import io.greenfinch.gateway.instance.Instance;

/** Says that the code of {@link SendPasskeyAnswer} is the one on the phone, which then links the account; an extension. */
public final class ConfirmPasskey implements ApiMethod.OfInstance {

    private static final String FLAG = "confirmPasskey";

    @Override
    public Descriptor descriptor() {
        return Descriptor.post(FLAG, 10)
                .with(Trait.UNCERTAIN)
                .answering(Shape.object(FLAG, Shape.FLAG))
                .withReasons(PasskeyReplies.REASONS);
    }

    @Override
    public Reply handle(Call call, Instance instance) {
        PasskeyStep step = instance.session()
                .map(Session::account)
                .map(link -> link.confirmPasskey(call.deadline()))
                .orElseGet(PasskeyStep.NotDemanded::new);
        return step instanceof PasskeyStep.Confirmed ? Reply.flag(FLAG, true) : PasskeyReplies.failed(FLAG, step);
    }
}
