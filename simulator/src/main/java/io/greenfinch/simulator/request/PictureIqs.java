package io.greenfinch.simulator.request;

import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import io.greenfinch.simulator.group.ServiceRefusal;
import io.greenfinch.simulator.picture.ServedPicture;
import io.greenfinch.simulator.world.World;
import java.net.URI;
import java.util.Optional;

/** Pictures of people and groups: seen, changed, removed (specification §16.6, §25). */
final class PictureIqs {

    private static final String XMLNS = "w:profile:picture";
    private static final String PICTURE = "picture";
    private static final String TYPE = "type";

    private final World world;
    private final URI server;

    private PictureIqs(World world, URI server) {
        this.world = world;
        this.server = server;
    }

    static void register(IqRouter router, World world, URI server) {
        PictureIqs iqs = new PictureIqs(world, server);
        router.on(XMLNS, "get", PICTURE, iqs::get)
                .on(XMLNS, "set", PICTURE, iqs::set)
                .on(XMLNS, "set", "", iqs::remove);
    }

    /** Whom the request is about; who asks, if it does not say. */
    private static Jid subject(IqRequest request) {
        return request.iq().jid("target").orElse(request.account().pn());
    }

    private IqAnswer get(IqRequest request) {
        Optional<String> known = request.child().attribute("id");
        String type = request.child().attribute(TYPE).orElse("preview");
        return IqAnswer.of(
                world.pictures().seenBy(request.account(), subject(request)),
                picture -> known.filter(picture.id()::equals).isPresent()
                        ? IqAnswer.result()
                        : IqAnswer.result(show(picture, type)));
    }

    private Node show(ServedPicture picture, String type) {
        return Node.element(PICTURE)
                .attribute("id", picture.id())
                .attribute("url", server.resolve(picture.path()).toString())
                .attribute(TYPE, type)
                .attribute("direct_path", picture.path())
                .build();
    }

    private IqAnswer set(IqRequest request) {
        Optional<Node> image = request.iq().children(PICTURE).stream()
                .filter(picture -> picture.is(TYPE, "image"))
                .findFirst();
        if (image.isEmpty()) {
            return IqAnswer.refused(ServiceRefusal.BAD_REQUEST);
        }
        return IqAnswer.of(
                world.pictures()
                        .set(request.account(), subject(request), image.get().content()),
                picture -> IqAnswer.result(
                        Node.element(PICTURE).attribute("id", picture.id()).build()));
    }

    private IqAnswer remove(IqRequest request) {
        return request.iq().children().isEmpty()
                ? IqAnswer.of(world.pictures().remove(request.account(), subject(request)), _ -> IqAnswer.result())
                : IqAnswer.refused(ServiceRefusal.BAD_REQUEST);
    }
}
