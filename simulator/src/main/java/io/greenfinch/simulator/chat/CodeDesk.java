package io.greenfinch.simulator.chat;

import io.greenfinch.protocol.binary.Node;
import io.greenfinch.protocol.curve.KeyPair;
import io.greenfinch.protocol.pairing.LinkCode;
import io.greenfinch.protocol.pairing.LinkCodePhone;
import io.greenfinch.simulator.account.SimulatedAccount;
import io.greenfinch.simulator.group.ServiceDecision;
import io.greenfinch.simulator.group.ServiceRefusal;
import io.greenfinch.simulator.world.World;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Base64;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where companions that show a code to type, and the phones it is typed on, find each other (specification §8). An account has at most one
 * such companion: who asks later takes the place of who asked before. Guarded by the world's lock, but for {@link #enter}, which takes it.
 */
public final class CodeDesk {

    /** How long a code is good, as with the real service. */
    private static final Duration LIFE = Duration.ofMinutes(3);

    /** After so many wrong ones a code is void. */
    private static final int TRIES = 3;

    /** How many codes may be asked for in an account's name in the life of one. */
    private static final int CODES = 10;

    /** How long a phone waits for the companion's answer to what was typed. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final int REF_BYTES = 16;

    private final World world;
    private final Function<String, Optional<SimulatedAccount>> people;
    private final int companions;
    private final Map<SimulatedAccount, Wanted> wanted = new HashMap<>();
    private final Map<SimulatedAccount, Deque<Instant>> asked = new HashMap<>();

    CodeDesk(World world, Function<String, Optional<SimulatedAccount>> people, int companions) {
        this.world = world;
        this.people = people;
        this.companions = companions;
    }

    /** What came of typing a code. */
    public sealed interface EnterResult {

        /** The companion was sent its pair-success; it will be linked once it countersigned. */
        record Sent(SimulatedAccount account, String pn, String lid) implements EnterResult {}

        /** The phone can't link a companion with it. */
        record Refused(Problem problem, String text) implements EnterResult {}
    }

    /** Why a code can't be used. */
    public enum Problem {
        MALFORMED,
        UNKNOWN,
        WRONG,
        CONFLICT,
        SILENT
    }

    /** A companion that shows a code. */
    private static final class Wanted {
        private final Registration registration;
        private final SimulatedAccount account;
        private final byte[] ref;
        private final byte[] hello;
        private final Instant until;
        private int wrong;
        private @Nullable Typing typing;

        Wanted(Registration registration, SimulatedAccount account, byte[] ref, byte[] hello, Instant until) {
            this.registration = registration;
            this.account = account;
            this.ref = ref;
            this.hello = hello;
            this.until = until;
        }
    }

    /** What somebody typed, until the companion has answered. */
    private record Typing(LinkCodePhone phone, CompletableFuture<EnterResult> outcome) {}

    /** What {@link #enter} found to work with. */
    private sealed interface Look {
        record Found(Wanted wanted, KeyPair identity) implements Look {}

        record Nothing(EnterResult.Refused why) implements Look {}
    }

    /**
     * The owner of a phone types a code. Blocks until the companion has answered, ten seconds at most.
     *
     * @param person push name or phone number of the owner
     * @param typed the code; dashes, spaces and case don't matter
     */
    public EnterResult enter(String person, String typed) {
        Optional<LinkCode> code = LinkCode.parse(typed);
        if (code.isEmpty()) {
            return refused(Problem.MALFORMED, "a code has eight characters of 1-9 and A-Z without I, O and U");
        }
        return switch (world.change(() -> look(person))) {
            case Look.Nothing nothing -> nothing.why();
            case Look.Found found -> {
                // Takes tens of milliseconds, so not under the lock.
                LinkCodePhone phone =
                        new LinkCodePhone(code.get(), found.wanted().hello, found.identity(), world.random());
                CompletableFuture<EnterResult> outcome = new CompletableFuture<>();
                world.change(() -> type(found, new Typing(phone, outcome)));
                yield await(found.wanted(), outcome);
            }
        };
    }

    private Look look(String person) {
        Optional<SimulatedAccount> account = people.apply(person);
        if (account.isEmpty()) {
            return new Look.Nothing(refused(Problem.UNKNOWN, "there is nobody called " + person));
        }
        Wanted found = wanted.get(account.get());
        if (found == null) {
            return new Look.Nothing(refused(
                    Problem.UNKNOWN,
                    "no companion waits for a code from " + account.get().displayName()
                            + ": none was asked for, it is used up, or its connection is gone"));
        }
        if (!world.clock().instant().isBefore(found.until)) {
            wanted.remove(found.account, found);
            return new Look.Nothing(
                    refused(Problem.UNKNOWN, "the code has expired: it was good for " + LIFE.toSeconds() + " seconds"));
        }
        if (found.account.companions().size() >= companions) {
            return new Look.Nothing(refused(
                    Problem.CONFLICT,
                    found.account.displayName() + " has " + companions + " linked devices, which is the limit"));
        }
        return new Look.Found(found, found.account.phone().keys().identity());
    }

    private void type(Look.Found found, Typing typing) {
        Wanted present = found.wanted();
        if (wanted.get(present.account) != present) {
            typing.outcome().complete(gone());
        } else if (present.typing != null) {
            typing.outcome().complete(refused(Problem.CONFLICT, "another code is being tried at this moment"));
        } else {
            present.typing = typing;
            present.registration.primaryHello(
                    present.ref, typing.phone().hello(), found.identity().publicKey());
        }
    }

    private EnterResult await(Wanted present, CompletableFuture<EnterResult> outcome) {
        try {
            return outcome.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return world.change(() -> {
                present.typing = null;
                return outcome.getNow(refused(
                        Problem.SILENT, "the companion did not answer within " + PATIENCE.toSeconds() + " seconds"));
            });
        } catch (ExecutionException e) {
            throw new IllegalStateException("an outcome that can't fail has failed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a companion was asked", e);
        }
    }

    private static EnterResult.Refused refused(Problem problem, String text) {
        return new EnterResult.Refused(problem, text);
    }

    private static EnterResult.Refused gone() {
        return refused(Problem.UNKNOWN, "the companion that waited for this code is gone");
    }

    /** A companion shows a code for this account: the ref under which it is known from now on. */
    ServiceDecision<byte[]> open(Registration registration, SimulatedAccount account, byte[] hello) {
        Instant now = world.clock().instant();
        Deque<Instant> recent = asked.computeIfAbsent(account, key -> new ArrayDeque<>());
        while (!recent.isEmpty() && !recent.getFirst().plus(LIFE).isAfter(now)) {
            recent.removeFirst();
        }
        if (recent.size() >= CODES) {
            return new ServiceDecision.Refused<>(ServiceRefusal.RATE_OVERLIMIT);
        }
        recent.addLast(now);
        byte[] bytes = new byte[REF_BYTES];
        world.random().nextBytes(bytes);
        byte[] ref =
                Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).getBytes(StandardCharsets.US_ASCII);
        Wanted before = wanted.put(account, new Wanted(registration, account, ref, hello, now.plus(LIFE)));
        if (before != null) {
            end(before);
        }
        return new ServiceDecision.Granted<>(ref);
    }

    /** A companion's answer to what was typed; returns what is to be done once it was told that it came. */
    ServiceDecision<Runnable> finish(Registration registration, Node finish) {
        byte[] ref = content(finish, "link_code_pairing_ref");
        Optional<Wanted> found = wanted.values().stream()
                .filter(each -> each.registration == registration && Arrays.equals(each.ref, ref))
                .findAny();
        if (found.isEmpty() || found.get().typing == null) {
            return new ServiceDecision.Refused<>(ServiceRefusal.ITEM_NOT_FOUND);
        }
        Wanted present = found.get();
        Typing typing = found.get().typing;
        present.typing = null;
        byte[] identity = content(finish, "companion_identity_public");
        Optional<byte[]> secret = registration.isFrom(identity)
                ? typing.phone().finish(content(finish, "link_code_pairing_wrapped_key_bundle"), identity)
                : Optional.empty();
        return new ServiceDecision.Granted<>(() -> secret.ifPresentOrElse(
                known -> accept(present, known, typing.outcome()), () -> wrong(present, typing.outcome())));
    }

    private static byte[] content(Node parent, String tag) {
        return parent.child(tag).map(Node::content).orElse(new byte[0]);
    }

    private void accept(Wanted present, byte[] secret, CompletableFuture<EnterResult> outcome) {
        wanted.remove(present.account, present);
        outcome.complete(
                switch (present.registration.offer(present.account, secret)) {
                    case PairingDesk.ScanResult.Sent(SimulatedAccount account, String pn, String lid) ->
                        new EnterResult.Sent(account, pn, lid);
                    case PairingDesk.ScanResult.Refused(PairingDesk.Problem problem, String text) ->
                        refused(Problem.CONFLICT, text);
                });
    }

    private void wrong(Wanted present, CompletableFuture<EnterResult> outcome) {
        present.wrong++;
        int left = TRIES - present.wrong;
        if (left <= 0) {
            wanted.remove(present.account, present);
        }
        outcome.complete(refused(
                Problem.WRONG,
                left > 0
                        ? "this is not the code that the companion shows; tries left: " + left
                        : "this is not the code that the companion shows, and now it is void"));
    }

    /** Forgets the codes of a registration that is over. */
    void close(Registration registration) {
        wanted.values().removeIf(each -> {
            boolean theirs = each.registration == registration;
            if (theirs) {
                end(each);
            }
            return theirs;
        });
    }

    private static void end(Wanted over) {
        Typing typing = over.typing;
        if (typing != null) {
            over.typing = null;
            typing.outcome().complete(gone());
        }
    }
}
