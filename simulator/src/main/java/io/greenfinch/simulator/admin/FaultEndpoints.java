package io.greenfinch.simulator.admin;

import io.greenfinch.simulator.account.SimulatedAccount;
import io.greenfinch.simulator.chat.ChatService;
import io.greenfinch.simulator.fault.Effect;
import io.greenfinch.simulator.fault.Fault;
import io.greenfinch.simulator.fault.Faults;
import io.greenfinch.simulator.fault.Match;
import io.greenfinch.simulator.world.World;
import java.util.Map;
import java.util.Optional;

/** Faults to order. */
final class FaultEndpoints {

    private static final int MOST_TIMES = 1_000_000;

    private final World world;
    private final PersonLookup people;
    private final Faults faults;
    private final ChatService chat;

    private FaultEndpoints(World world, Faults faults, ChatService chat) {
        this.world = world;
        this.people = new PersonLookup(world);
        this.faults = faults;
        this.chat = chat;
    }

    static void register(AdminHandler admin, World world, Faults faults, ChatService chat) {
        FaultEndpoints endpoints = new FaultEndpoints(world, faults, chat);
        admin.on(
                        "GET",
                        "/admin/faults",
                        _ -> AdminAnswer.ok(
                                faults.all().stream().map(FaultForm::show).toList()))
                .on("POST", "/admin/faults", endpoints::order)
                .on("DELETE", "/admin/faults", _ -> {
                    faults.clear();
                    return AdminAnswer.nothing();
                })
                .on("DELETE", "/admin/faults/{id}", endpoints::remove);
    }

    private AdminAnswer order(AdminRequest request) {
        Input input = request.input();
        Effect effect = FaultForm.effect(input);
        Optional<String> account = input.text("account")
                .map(person -> world.read(() -> people.named(person)))
                .map(SimulatedAccount::number);
        Match match = FaultForm.match(input, effect, account);
        boolean linkDown = effect instanceof Effect.LinkDown;
        int times = input.number("times", 0, MOST_TIMES).orElse(linkDown ? 0 : 1);
        boolean now = input.flag("now").orElse(false);
        input.end();
        if (now) {
            return strikeNow(match, effect);
        }
        Optional<Fault> fault = faults.order(match, effect, times);
        if (fault.isEmpty()) {
            return AdminAnswer.error(409, "there are " + Faults.LIMIT + " faults already: delete some");
        }
        if (linkDown) {
            chat.strike(match, effect);
        }
        return AdminAnswer.created(FaultForm.show(fault.get()));
    }

    private AdminAnswer strikeNow(Match match, Effect effect) {
        return switch (effect) {
            case Effect.Cut _, Effect.HalfOpen _, Effect.StreamError _ ->
                AdminAnswer.ok(Map.of("connections", chat.strike(match, effect)));
            default -> throw BadInput.malformed("\"now\" goes with cut, half-open and stream-error only");
        };
    }

    private AdminAnswer remove(AdminRequest request) {
        String id = request.parameter("id");
        if (!id.matches("[0-9]{1,18}")) {
            throw BadInput.malformed(id + " is no number of a fault");
        }
        return faults.remove(Long.parseLong(id))
                ? AdminAnswer.nothing()
                : AdminAnswer.error(404, "there is no fault " + id);
    }
}
