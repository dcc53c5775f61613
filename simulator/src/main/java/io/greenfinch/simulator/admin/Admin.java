package io.greenfinch.simulator.admin;

import io.greenfinch.simulator.call.Calls;
import io.greenfinch.simulator.chat.ChatService;
import io.greenfinch.simulator.fault.Faults;
import io.greenfinch.simulator.media.MediaHost;
import io.greenfinch.simulator.message.MessageCounts;
import io.greenfinch.simulator.phone.Phones;
import io.greenfinch.simulator.request.Policy;
import io.greenfinch.simulator.trace.Trace;
import io.greenfinch.simulator.world.World;
import java.net.URI;
import java.util.Map;

/** Puts the admin interface together. */
public final class Admin {

    private Admin() {}

    /**
     * A handler for all admin requests.
     *
     * @param messages what became of messages
     * @param rootKey the root public key as hex digits
     * @param pictures the server from which pictures are to be had
     */
    public static AdminHandler handler(
            World world,
            Phones phones,
            Calls calls,
            ChatService chat,
            Faults faults,
            Trace trace,
            Policy policy,
            MessageCounts messages,
            String rootKey,
            URI pictures,
            MediaHost media) {
        return new AdminHandler(
                admin -> admin.on("GET", "/root", _ -> AdminAnswer.ok(rootKey))
                        .on("GET", "/health", _ -> AdminAnswer.ok(Map.of("status", "up"))),
                admin -> PairingEndpoints.register(admin, chat.pairing()),
                admin -> PeopleEndpoints.register(admin, world, phones),
                admin -> PresenceEndpoints.register(admin, world, chat.presences()),
                admin -> BusinessEndpoints.register(admin, world),
                admin -> MessageEndpoints.register(admin, world, phones, messages),
                admin -> AppStateEndpoints.register(admin, world, phones),
                admin -> CallEndpoints.register(admin, world, calls),
                admin -> GroupEndpoints.register(admin, world, policy),
                admin -> PictureEndpoints.register(admin, world, pictures),
                admin -> FaultEndpoints.register(admin, world, faults, chat),
                admin -> TraceEndpoints.register(admin, trace),
                admin -> SettingsEndpoints.register(admin, policy),
                admin -> MediaEndpoints.register(admin, media));
    }
}
