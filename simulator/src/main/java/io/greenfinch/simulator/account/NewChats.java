package io.greenfinch.simulator.account;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Whom an account may write to. One that is restricted may only answer those who wrote to it, or also write to those who trust it: they
 * gave it a token (specification §25, §26.3). Guarded by the world's lock.
 */
public final class NewChats {

    /** Of the tokens that somebody was given the newest so many are good (specification §14.9). */
    private static final int GOOD_TOKENS = 4;

    private final SimulatedAccount owner;
    private final Set<SimulatedAccount> writers = new HashSet<>();
    private final Set<SimulatedAccount> partners = new LinkedHashSet<>();
    private final Map<SimulatedAccount, Deque<byte[]>> given = new HashMap<>();
    private Rule rule = Rule.ALLOWED;

    NewChats(SimulatedAccount owner) {
        this.owner = owner;
    }

    /** What the service lets an account do. */
    public enum Rule {
        /** It may write to everybody. */
        ALLOWED,
        /** It may start chats only with those who trust it. */
        WITH_TOKEN,
        /** It may not start chats at all. */
        REFUSED
    }

    public Rule rule() {
        return rule;
    }

    public void rule(Rule value) {
        rule = value;
    }

    /** The owner was written to, and may answer from now on. */
    public void heardFrom(SimulatedAccount writer) {
        writers.add(writer);
        partners.add(writer);
        writer.newChats().partners.add(owner);
    }

    /** Those who wrote to the owner, and those whom the owner wrote to. Unmodifiable. */
    public Set<SimulatedAccount> partners() {
        return Collections.unmodifiableSet(partners);
    }

    /** The owner trusts somebody, who has this token from now on. */
    public void gave(SimulatedAccount trusted, byte[] token) {
        Deque<byte[]> tokens = given.computeIfAbsent(trusted, _ -> new ArrayDeque<>());
        if (tokens.size() == GOOD_TOKENS) {
            tokens.removeFirst();
        }
        tokens.addLast(token);
    }

    /** Whether the owner may write to {@code recipient}, given the token that comes with the message. */
    public boolean mayWriteTo(SimulatedAccount recipient, Optional<byte[]> token) {
        return rule == Rule.ALLOWED
                || writers.contains(recipient)
                || (rule == Rule.WITH_TOKEN
                        && token.filter(bytes -> recipient.newChats().trusts(owner, bytes))
                                .isPresent());
    }

    NewChatsSnapshot snapshot() {
        Map<String, List<byte[]>> tokens = new HashMap<>();
        given.forEach((account, all) -> tokens.put(account.number(), List.copyOf(all)));
        return new NewChatsSnapshot(
                rule, writers.stream().map(SimulatedAccount::number).toList(), tokens);
    }

    /** Makes this what it was when it was saved; {@code accounts} finds people by number. */
    void restore(NewChatsSnapshot saved, Function<String, SimulatedAccount> accounts) {
        rule = saved.rule();
        saved.writers().forEach(number -> heardFrom(accounts.apply(number)));
        saved.given().forEach((number, tokens) -> tokens.forEach(token -> gave(accounts.apply(number), token)));
    }

    private boolean trusts(SimulatedAccount account, byte[] token) {
        return given.getOrDefault(account, new ArrayDeque<>()).stream().anyMatch(good -> Arrays.equals(good, token));
    }
}
