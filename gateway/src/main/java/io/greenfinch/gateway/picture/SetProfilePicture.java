package io.greenfinch.gateway.picture;

import io.greenfinch.client.Session;
import io.greenfinch.gateway.http.ApiMethod;
import io.greenfinch.gateway.http.Call;
import io.greenfinch.gateway.http.Descriptor;
import io.greenfinch.gateway.http.Reply;
import io.greenfinch.gateway.http.Shape;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.databind.node.NullNode;

/** Gives the account a picture (green-api.md §4.11). */
public final class SetProfilePicture implements ApiMethod.OfSession {

    private final PictureSetting setting;

    public SetProfilePicture(PictureStudio studio, Clock clock) {
        setting = new PictureSetting(studio, clock, "setProfilePicture", NullNode.getInstance());
    }

    @Override
    public Descriptor descriptor() {
        return setting.method(Shape.TEXT.orNull()).taking(PictureSetting.FILE).per(Duration.ofSeconds(10));
    }

    @Override
    public Reply handle(Call call, Session session) {
        return setting.set(call, session, Optional.empty());
    }
}
