package io.greenfinch.interop.soak;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/** People who change groups on their phones, ours among those they change. */
final class Crowd {

    private final Stage stage;
    private final AtomicInteger changes = new AtomicInteger();

    Crowd(Stage stage) {
        this.stage = stage;
    }

    /** Somebody changes something in some group. */
    void change(RandomGenerator random) {
        String group = stage.anyGroup(random);
        switch (random.nextInt(12)) {
            case 0, 1, 2, 3 -> withOneOfOurs(group, random, membership -> take(group, membership, random), true);
            case 4 -> withOneOfOurs(group, random, membership -> byHost(group, "remove", membership), true);
            case 5 -> withOneOfOurs(group, random, membership -> byHost(group, "promote", membership), false);
            case 6 -> withOneOfOurs(group, random, membership -> byHost(group, "demote", membership), false);
            case 7 -> guest(group, random);
            case 8 ->
                inTurn(
                        group,
                        Stage.NAME,
                        () -> byHost(group, "subject", Map.of("text", "Subject " + random.nextInt(1_000_000))));
            case 9 -> byHost(group, "description", Map.of("text", "Description " + random.nextInt(1_000_000)));
            case 10 ->
                inTurn(
                        group,
                        Stage.SETTINGS,
                        () -> byHost(
                                group,
                                Stage.any(List.of("locked", "announcement", "adminsAdd"), random),
                                Map.of("on", random.nextBoolean())));
            default -> byHost(group, "ephemeral", Map.of("seconds", random.nextBoolean() ? 86_400 : 0));
        }
    }

    private void guest(String group, RandomGenerator random) {
        String guest = stage.anyGuest(random).phone();
        inTurn(group, guest, () -> guest(group, guest, random));
    }

    private void guest(String group, String guest, RandomGenerator random) {
        switch (random.nextInt(4)) {
            case 0 -> byHost(group, "add", Map.of("targets", List.of(guest)));
            case 1 -> byHost(group, "remove", Map.of("targets", List.of(guest)));
            case 2 -> act(group, guest, "leave", Map.of());
            default -> act(group, guest, "join", Map.of());
        }
    }

    private void inTurn(String group, String what, Runnable change) {
        Aspect aspect = stage.aspect(group, what);
        if (aspect.turn.tryLock()) {
            try {
                change.run();
            } finally {
                aspect.turn.unlock();
            }
        }
    }

    private void withOneOfOurs(String group, RandomGenerator random, Predicate<Membership> action, boolean inOrOut) {
        Membership membership = stage.membership(stage.anySubject(random), group);
        if (!membership.turn.tryLock()) {
            return;
        }
        try {
            boolean done = action.test(membership);
            if (done && inOrOut) {
                membership.changedByOthers();
            } else if (done) {
                membership.roleChanged();
            }
        } finally {
            membership.turn.unlock();
        }
    }

    /** Takes one of ours in, two times out of three as an administrator. */
    private boolean take(String group, Membership membership, RandomGenerator random) {
        boolean taken = byHost(group, "add", membership);
        if (taken && random.nextInt(3) != 0) {
            byHost(group, "promote", membership);
        }
        return taken;
    }

    private boolean byHost(String group, String action, Membership membership) {
        return byHost(
                group,
                action,
                Map.of("targets", List.of(membership.subject.account().phone())));
    }

    private boolean byHost(String group, String action, Map<String, Object> more) {
        return act(group, stage.hostOf(group).phone(), action, more);
    }

    private boolean act(String group, String person, String action, Map<String, Object> more) {
        boolean done = stage.simulator().act(group, person, action, more);
        if (done) {
            changes.incrementAndGet();
        }
        return done;
    }

    /** How many changes the service accepted. */
    int changes() {
        return changes.get();
    }
}
