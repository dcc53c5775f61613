package io.greenfinch.gateway.picture;

import io.greenfinch.client.Session;
import io.greenfinch.gateway.group.ChatIds;
import io.greenfinch.gateway.http.ApiMethod;
import io.greenfinch.gateway.http.Call;
import io.greenfinch.gateway.http.Descriptor;
import io.greenfinch.gateway.http.Json;
import io.greenfinch.gateway.http.Reply;
import io.greenfinch.gateway.http.Shape;
import java.time.Clock;
import java.util.Optional;

/** Gives a group a picture (green-api.md §9.9). */
public final class SetGroupPicture implements ApiMethod.OfSession {

    private final PictureSetting setting;

    public SetGroupPicture(PictureStudio studio, Clock clock) {
        setting = new PictureSetting(studio, clock, "setGroupPicture", Json.of(""));
    }

    @Override
    public Descriptor descriptor() {
        return setting.method(Shape.TEXT).taking(ChatIds.GROUP, PictureSetting.FILE);
    }

    @Override
    public Reply handle(Call call, Session session) {
        return setting.set(call, session, Optional.of(call.get(ChatIds.GROUP)));
    }
}
