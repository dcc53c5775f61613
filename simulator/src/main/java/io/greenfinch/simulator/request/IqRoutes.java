package io.greenfinch.simulator.request;

import io.greenfinch.simulator.media.MediaHost;
import io.greenfinch.simulator.world.World;
import java.net.URI;
import java.util.function.Supplier;

/** Every request the service knows, and who answers it. */
public final class IqRoutes {

    private IqRoutes() {}

    /** A router with all of them; {@code ids} gives ids for stanzas, {@code pictures} is the server from which clients get pictures. */
    public static IqRouter of(
            World world, Policy policy, MediaHost media, String mediaAddress, URI pictures, Supplier<String> ids) {
        IqRouter router = new IqRouter(policy);
        GroupIqs.register(router, world, policy);
        CommunityIqs.register(router, world);
        InviteIqs.register(router, world);
        MembershipRequestIqs.register(router, world);
        router.on("w:g2", "set", "leave", new LeaveIq(world));
        PreKeyIqs.register(router, world, ids);
        router.on("usync", "get", "usync", new UsyncIq(world));
        PrivacyIqs.register(router, world, ids);
        BusinessIqs.register(router, world);
        PictureIqs.register(router, world, pictures);
        AppStateIqs.register(router, world, policy, media);
        SessionIqs.register(router, world, media, mediaAddress);
        return router;
    }
}
