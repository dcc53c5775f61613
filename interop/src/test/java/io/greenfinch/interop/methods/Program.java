package io.greenfinch.interop.methods;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * Everything that one caller does: all methods once in their order, then all of them again and again, each time in another order. For one
 * thread.
 */
final class Program {

    /** Methods that are not called here, each with the reason. */
    static final Set<String> LEFT_OUT = Set.of(
            "logout", // ends the instance: called once, when all else is over
            "scanqrcode", // a WebSocket for instances that are not linked
            "events"); // a stream that has no end

    private static final int AREAS_APART = 3;

    private final Caller caller;
    private final List<Area> areas;
    private final Calls calls = new Calls();
    private final Deque<String> next = new ArrayDeque<>();
    private volatile boolean calledAll;

    /**
     * A program.
     *
     * @param number of the instance: each begins with other methods
     * @param community one that the account is in, and has not made
     */
    Program(int number, Caller caller, Screens screens, String community) {
        boolean clears = number % 2 == 1;
        this.caller = caller;
        areas = List.of(
                new AccountMethods(caller),
                new SendingMethods(caller),
                new FileMethods(caller),
                new StatusMethods(caller, screens),
                new JournalMethods(caller),
                new ChatMethods(caller),
                new ContactMethods(caller),
                new PrivacyMethods(caller),
                new PictureMethods(caller),
                new GroupMethods(caller),
                new ParticipantMethods(caller),
                new LinkMethods(caller),
                new CommunityMethods(caller, community),
                new QueueMethods(caller, clears),
                new ReceivingMethods(caller, clears));
        List<Area> turned = new ArrayList<>(areas);
        Collections.rotate(turned, -number * AREAS_APART);
        turned.forEach(area -> calls.with(area.methods()));
        next.addAll(calls.names());
    }

    Caller caller() {
        return caller;
    }

    /** The methods that it calls. */
    Set<String> methods() {
        return new TreeSet<>(calls.names());
    }

    /** Whether it has called each of them. */
    boolean calledAll() {
        return calledAll;
    }

    /** Calls the next one. What is not as the API's description says is reported. */
    void step(RandomGenerator random) {
        if (next.isEmpty()) {
            calledAll = true;
            List<String> all = new ArrayList<>(calls.names());
            Collections.shuffle(all, new Random(random.nextLong()));
            next.addAll(all);
        }
        String method = next.remove();
        try {
            calls.call(method, random);
        } catch (AssertionError | RuntimeException e) {
            caller.untrue(method, e.toString());
        }
    }

    /** The instance that it is for. */
    @Override
    public String toString() {
        return caller.instance();
    }

    /** Every difference to the service when all has settled, with the instance that it is about. */
    Stream<String> differences(Reckoning reckoning) {
        return Stream.concat(
                        areas.stream().flatMap(area -> area.differences().stream()),
                        reckoning.differences(caller).stream())
                .map(each -> "%s (%s), %s".formatted(caller.account().name(), caller.instance(), each));
    }
}
