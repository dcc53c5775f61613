package io.greenfinch.simulator.group;

import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.simulator.account.SimulatedAccount;
import io.greenfinch.simulator.world.World;
import io.greenfinch.simulator.world.WorldEvent;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * A world with a group in it: Olga created it, Adam is an admin, Mia and Max are members, Sam is a stranger. What is announced is collected.
 * Public for the tests of what phones show.
 */
public final class GroupFixture {

    public final World world;
    public final SimulatedAccount olga;
    public final SimulatedAccount adam;
    public final SimulatedAccount mia;
    public final SimulatedAccount max;
    public final SimulatedAccount sam;
    public final SimulatedGroup group;
    final List<SimulatedGroupEvent> changes = new ArrayList<>();

    public GroupFixture() {
        this(GroupRules.defaults(), Addressing.LID);
    }

    GroupFixture(GroupRules rules, Addressing mode) {
        Clock clock = Clock.fixed(Instant.parse("2026-11-23T12:00:00Z"), ZoneOffset.UTC);
        world = new World(rules, clock, new SecureRandom());
        olga = person("Olga");
        adam = person("Adam");
        mia = person("Mia");
        max = person("Max");
        sam = person("Sam");
        NewGroup wanted = NewGroup.of("Team", List.of(adam.lid(), mia.pn(), max.lid()), mode)
                .ruledBy(Set.of(adam.pn()));
        group = granted(world.change(() -> world.creation().create(olga, wanted)))
                .group();
        world.subscribe(event -> {
            if (event instanceof WorldEvent.GroupChanged(SimulatedGroupEvent change)) {
                changes.add(change);
            }
        });
    }

    private SimulatedAccount person(String name) {
        SimulatedAccount account = world.accounts().create();
        world.accounts().rename(account, name);
        return account;
    }

    SimulatedAccount called(String name) {
        return world.accounts().byName(name).orElseThrow();
    }

    Jid jid() {
        return group.jid();
    }

    /** Does something as one change and gives its outcome: a value's text, or the refusal. */
    <T> String outcome(Function<World, ServiceDecision<T>> work, Function<T, String> text) {
        return switch (world.change(() -> work.apply(world))) {
            case ServiceDecision.Granted<T>(T value) -> text.apply(value);
            case ServiceDecision.Refused<T>(ServiceRefusal refusal) -> "refused " + refusal.code();
        };
    }

    static <T> T granted(ServiceDecision<T> verdict) {
        return switch (verdict) {
            case ServiceDecision.Granted<T>(T value) -> value;
            case ServiceDecision.Refused<T>(ServiceRefusal refusal) -> throw new AssertionError("refused: " + refusal);
        };
    }

    String roles() {
        return String.join(
                " ",
                group.members().stream()
                        .map(member -> member.account().displayName()
                                + member.role().text().map(role -> ":" + role).orElse(""))
                        .toList());
    }
}
