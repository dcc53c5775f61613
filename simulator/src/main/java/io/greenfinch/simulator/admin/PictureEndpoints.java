package io.greenfinch.simulator.admin;

import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.simulator.account.SimulatedAccount;
import io.greenfinch.simulator.group.ServiceDecision;
import io.greenfinch.simulator.group.ServiceRefusal;
import io.greenfinch.simulator.picture.ServedPicture;
import io.greenfinch.simulator.world.World;
import java.net.URI;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** Pictures of people and groups, as somebody sees and changes them on their phone: by the same rules as with a companion. */
final class PictureEndpoints {

    private static final String PERSON_PATH = "/admin/people/{phone}/picture";
    private static final String GROUP_PATH = "/admin/groups/{id}/picture";
    private static final String PERSON = "person";

    private final World world;
    private final PersonLookup people;
    private final URI server;

    private PictureEndpoints(World world, URI server) {
        this.world = world;
        this.people = new PersonLookup(world);
        this.server = server;
    }

    static void register(AdminHandler admin, World world, URI server) {
        PictureEndpoints endpoints = new PictureEndpoints(world, server);
        admin.on("GET", PERSON_PATH, request -> endpoints.get(request, endpoints::person))
                .on("POST", PERSON_PATH, request -> endpoints.set(request, endpoints::person))
                .on("DELETE", PERSON_PATH, request -> endpoints.remove(request, endpoints::person))
                .on("GET", GROUP_PATH, request -> endpoints.get(request, endpoints::group))
                .on("POST", GROUP_PATH, request -> endpoints.set(request, endpoints::group))
                .on("DELETE", GROUP_PATH, request -> endpoints.remove(request, endpoints::group));
    }

    private Jid person(AdminRequest request) {
        return people.at(request.parameter("phone")).pn();
    }

    private Jid group(AdminRequest request) {
        return GroupEndpoints.group(world, request.parameter("id")).jid();
    }

    private AdminAnswer get(AdminRequest request, Function<AdminRequest, Jid> subject) {
        return world.read(() -> {
            Jid shown = subject.apply(request);
            return answer(world.pictures().seenBy(actor(request, shown), shown));
        });
    }

    private AdminAnswer set(AdminRequest request, Function<AdminRequest, Jid> subject) {
        Input input = request.input();
        byte[] jpeg = bytes(input.requiredText("jpeg"));
        input.end();
        return world.change(() -> {
            Jid changed = subject.apply(request);
            return answer(world.pictures().set(actor(request, changed), changed, jpeg));
        });
    }

    private AdminAnswer remove(AdminRequest request, Function<AdminRequest, Jid> subject) {
        return world.change(() -> {
            Jid changed = subject.apply(request);
            return switch (world.pictures().remove(actor(request, changed), changed)) {
                case ServiceDecision.Granted<ServiceDecision.Done> _ -> AdminAnswer.nothing();
                case ServiceDecision.Refused<ServiceDecision.Done>(ServiceRefusal refusal) ->
                    GroupActions.refused(refusal);
            };
        });
    }

    /** Who looks or acts: the query says it, else the person whose picture it is. */
    private SimulatedAccount actor(AdminRequest request, Jid subject) {
        return request.query(PERSON)
                .map(people::named)
                .or(() -> world.accounts().find(subject))
                .orElseThrow(() -> BadInput.malformed("\"" + PERSON + "\" is missing in the query"));
    }

    private static byte[] bytes(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw BadInput.malformed("\"jpeg\" must be base64: " + e.getMessage());
        }
    }

    private AdminAnswer answer(ServiceDecision<ServedPicture> verdict) {
        return switch (verdict) {
            case ServiceDecision.Granted<ServedPicture>(ServedPicture picture) -> AdminAnswer.ok(show(picture));
            case ServiceDecision.Refused<ServedPicture>(ServiceRefusal refusal) -> GroupActions.refused(refusal);
        };
    }

    private Map<String, Object> show(ServedPicture picture) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("id", picture.id());
        shown.put("url", server.resolve(picture.path()).toString());
        shown.put("bytes", picture.jpeg().length);
        return shown;
    }
}
