package io.greenfinch.gateway.account;

import io.greenfinch.client.Account;
import io.greenfinch.gateway.http.ApiMethod;
import io.greenfinch.gateway.http.Call;
import io.greenfinch.gateway.http.Descriptor;
import io.greenfinch.gateway.http.Descriptor.Trait;
import io.greenfinch.gateway.http.Json;
import io.greenfinch.gateway.http.Reply;
import io.greenfinch.gateway.http.Shape;
import io.greenfinch.gateway.instance.Instance;
import io.greenfinch.gateway.notification.DeviceInfo;
import java.util.Optional;

/** Tells about the phone, as far as companions learn anything of it: its platform (green-api.md §14). */
public final class GetDeviceInfo implements ApiMethod.OfInstance {

    /** What is told of a phone. */
    public static final Shape SHAPE = Shape.object("platform", Shape.TEXT)
            .and("deviceManufacturer", Shape.constant(""))
            .and("deviceModel", Shape.constant(""))
            .and("osVersion", Shape.constant(""))
            .and("waVersion", Shape.constant(""))
            .and("battery", Shape.ANY.with("type", Json.of("null")));

    @Override
    public Descriptor descriptor() {
        return Descriptor.get("getDeviceInfo", 1).with(Trait.SAFE).answering(SHAPE);
    }

    @Override
    public Reply handle(Call call, Instance instance) {
        Optional<Account> account =
                instance.session().flatMap(session -> session.account().status().account());
        return account.isEmpty()
                ? Reply.notLinked()
                : Reply.ok(DeviceInfo.data(account.get().platform()));
    }
}
