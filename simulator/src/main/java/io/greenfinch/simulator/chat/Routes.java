package io.greenfinch.simulator.chat;

import io.greenfinch.simulator.world.World;
import java.net.URI;
import java.util.function.Supplier;

/** Every request the service knows, and who answers it. */
final class Routes {

    private Routes() {}

    static Router of(World world, Policy policy, String mediaHost, URI pictures, Supplier<String> ids) {
        Router router = new Router(policy);
        GroupIqs.register(router, world, policy);
        InviteIqs.register(router, world);
        JoinRequestIqs.register(router, world);
        router.on("w:g2", "set", "leave", new LeaveIq(world));
        PreKeyIqs.register(router, world, ids);
        router.on("usync", "get", "usync", new UsyncIq(world));
        PrivacyIqs.register(router, world, ids);
        PictureIqs.register(router, world, pictures);
        SessionIqs.register(router, world, mediaHost);
        return router;
    }
}
