package io.greenfinch.simulator.admin;

import io.greenfinch.simulator.account.SimulatedAccount;
import io.greenfinch.simulator.call.CallAction;
import io.greenfinch.simulator.call.CallOutcome;
import io.greenfinch.simulator.call.Calls;
import io.greenfinch.simulator.group.Addressing;
import io.greenfinch.simulator.world.World;
import java.util.Map;

/** How people call each other on their phones. */
final class CallEndpoints {

    private static final String PHONE = "phone";
    private static final int CONFLICT = 409;

    private final World world;
    private final Calls calls;
    private final PersonLookup people;

    private CallEndpoints(World world, Calls calls) {
        this.world = world;
        this.calls = calls;
        this.people = new PersonLookup(world);
    }

    static void register(AdminHandler admin, World world, Calls calls) {
        CallEndpoints endpoints = new CallEndpoints(world, calls);
        admin.on("POST", "/admin/people/{phone}/calls", endpoints::call)
                .on("POST", "/admin/people/{phone}/calls/{call}", endpoints::act);
    }

    private AdminAnswer call(AdminRequest request) {
        Input input = request.input();
        String to = input.requiredText("to");
        boolean video = input.flag("video").orElse(false);
        Addressing mode = input.text("addressing")
                .map(name -> Addressing.parse(name)
                        .orElseThrow(() -> BadInput.malformed("\"addressing\" must be pn or lid")))
                .orElse(Addressing.LID);
        input.end();
        CallOutcome outcome = world.change(() -> {
            SimulatedAccount caller = people.at(request.parameter(PHONE));
            return people.group(to)
                    .map(group -> calls.call(caller, group, video))
                    .orElseGet(() -> calls.call(caller, people.named(to), video, mode));
        });
        return outcome instanceof CallOutcome.Done(String id) ? AdminAnswer.created(Map.of("id", id)) : answer(outcome);
    }

    private AdminAnswer act(AdminRequest request) {
        Input input = request.input();
        CallAction action = CallAction.parse(input.requiredText("action"))
                .orElseThrow(() -> BadInput.malformed("\"action\" must be accept, reject, hang-up or ring-out"));
        input.end();
        return answer(
                world.change(() -> calls.act(people.at(request.parameter(PHONE)), request.parameter("call"), action)));
    }

    private static AdminAnswer answer(CallOutcome outcome) {
        return switch (outcome) {
            case CallOutcome.Done _ -> AdminAnswer.nothing();
            case CallOutcome.UnknownCall _ -> AdminAnswer.error(404, "this person has no such call");
            case CallOutcome.Impossible(String why) -> AdminAnswer.error(CONFLICT, why);
        };
    }
}
