package io.greenfinch.simulator.request;

import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import io.greenfinch.simulator.account.Companion;
import io.greenfinch.simulator.account.SimulatedAccount;
import io.greenfinch.simulator.group.ServiceRefusal;
import io.greenfinch.simulator.media.MediaHost;
import io.greenfinch.simulator.world.World;
import java.util.Optional;

/** Requests about the session itself: keep-alive, state, properties, media connection, logout (specification §9, §10, §20.1). */
final class SessionIqs {

    private static final String GET = "get";
    private static final String SET = "set";
    private static final String QUERY = "query";
    private static final long PROPS_REFRESH = 86_400;

    private final World world;
    private final MediaHost media;
    private final String mediaAddress;

    private SessionIqs(World world, MediaHost media, String mediaAddress) {
        this.world = world;
        this.media = media;
        this.mediaAddress = mediaAddress;
    }

    static void register(IqRouter router, World world, MediaHost media, String mediaAddress) {
        SessionIqs iqs = new SessionIqs(world, media, mediaAddress);
        router.on("w:p", GET, "", _ -> IqAnswer.result())
                .on("passive", SET, "active", _ -> IqAnswer.result())
                .on("passive", SET, "passive", _ -> IqAnswer.result())
                .on("abt", GET, "props", _ -> props())
                .on("w", GET, "props", _ -> props())
                .on("urn:xmpp:whatsapp:dirty", SET, "clean", _ -> IqAnswer.result())
                .on("w:m", SET, "media_conn", _ -> iqs.mediaConnection())
                .on("w:mex", GET, QUERY, _ -> nothingToTell())
                .on("w:mex", SET, QUERY, _ -> nothingToTell())
                .on("md", SET, "remove-companion-device", iqs::unlink);
    }

    /** No properties: clients use their defaults. */
    private static IqAnswer props() {
        return IqAnswer.result(Node.element("props")
                .attribute("hash", "1")
                .attribute("refresh", PROPS_REFRESH)
                .attribute("refresh_id", 1)
                .build());
    }

    /** Whatever is asked in GraphQL: clients want an answer that can be parsed (specification §25). */
    private static IqAnswer nothingToTell() {
        return IqAnswer.result(Node.text("result", "{\"data\":{}}"));
    }

    private IqAnswer mediaConnection() {
        return IqAnswer.result(Node.element("media_conn")
                .attribute("auth", media.permit())
                .attribute("ttl", 3600)
                .attribute("auth_ttl", 21_600)
                .attribute("max_buckets", 12)
                .child(Node.element("host").attribute("hostname", mediaAddress).attribute("type", "primary"))
                .build());
    }

    /** A companion unlinks itself; it hears that it is gone after this answer. */
    private IqAnswer unlink(IqRequest request) {
        Optional<Jid> jid = request.child().jid("jid");
        if (jid.isEmpty()) {
            return IqAnswer.refused(ServiceRefusal.BAD_REQUEST);
        }
        Optional<SimulatedAccount> account = world.accounts().find(jid.get());
        if (account.isEmpty() || account.get() != request.account()) {
            return IqAnswer.refused(ServiceRefusal.FORBIDDEN);
        }
        Companion device = request.device();
        if (jid.get().device() != device.number()) {
            return IqAnswer.refused(
                    account.get().companion(jid.get().device()).isPresent()
                            ? ServiceRefusal.NOT_ALLOWED
                            : ServiceRefusal.ITEM_NOT_FOUND);
        }
        world.unlink(device);
        return IqAnswer.result();
    }
}
