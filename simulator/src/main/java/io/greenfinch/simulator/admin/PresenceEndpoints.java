package io.greenfinch.simulator.admin;

import io.greenfinch.simulator.presence.Presences;
import io.greenfinch.simulator.world.World;

/** People take their phone in hand, and put it away. */
final class PresenceEndpoints {

    private PresenceEndpoints() {}

    static void register(AdminHandler admin, World world, Presences presences) {
        PersonLookup people = new PersonLookup(world);
        admin.on("POST", "/admin/people/{phone}/presence", request -> {
            Input input = request.input();
            boolean available = input.flag("available").orElse(true);
            input.end();
            return world.change(() -> {
                var account = people.at(request.parameter("phone"));
                presences.available(account.phone(), available);
                return AdminAnswer.ok(people.show(account));
            });
        });
    }
}
