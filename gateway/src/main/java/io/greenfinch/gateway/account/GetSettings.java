package io.greenfinch.gateway.account;

import io.greenfinch.client.Account;
import io.greenfinch.client.SessionStatus;
import io.greenfinch.gateway.chat.ChatNames;
import io.greenfinch.gateway.http.ApiMethod;
import io.greenfinch.gateway.http.Call;
import io.greenfinch.gateway.http.Descriptor;
import io.greenfinch.gateway.http.Descriptor.Trait;
import io.greenfinch.gateway.http.Json;
import io.greenfinch.gateway.http.Reply;
import io.greenfinch.gateway.http.Shape;
import io.greenfinch.gateway.instance.Instance;
import io.greenfinch.gateway.instance.Setting;
import tools.jackson.databind.node.ObjectNode;

/** Tells an instance's settings, keys and order as documented (green-api.md §4.1). */
public final class GetSettings implements ApiMethod.OfInstance {

    /** The id of a linked account, or nothing. */
    static final Shape WID = Shape.pattern("$|^[0-9]+@c\\.us");

    @Override
    public Descriptor descriptor() {
        Shape settings = Shape.object("wid", WID);
        for (Setting setting : Setting.ALL) {
            Shape shape = SettingFields.told(setting);
            settings = setting.standard() == null
                    ? settings.maybe(setting.name(), shape)
                    : settings.and(setting.name(), shape);
        }
        return Descriptor.get("getSettings", 1).with(Trait.SAFE).answering(settings);
    }

    @Override
    public Reply handle(Call call, Instance instance) {
        ObjectNode settings = Json.object().put("wid", wid(instance));
        instance.settings().writeTo(settings);
        return Reply.ok(settings);
    }

    /** The linked account; empty when there is none. */
    static String wid(Instance instance) {
        return instance.session()
                .map(session -> session.account().status())
                .flatMap(SessionStatus::account)
                .map(Account::pn)
                .map(ChatNames::of)
                .orElse("");
    }
}
