package io.greenfinch.client.call;

import io.greenfinch.client.SessionEvent.CallEnded;
import io.greenfinch.client.SessionEvent.CallOffered;
import io.greenfinch.client.connection.ClientContext;
import io.greenfinch.client.group.Person;
import io.greenfinch.client.message.Aliases;
import io.greenfinch.client.proto.StoredCall;
import io.greenfinch.client.stanza.StanzaDecision;
import io.greenfinch.client.stanza.StanzaHandler;
import io.greenfinch.client.store.Change;
import io.greenfinch.client.store.SessionState;
import io.greenfinch.client.store.StateKey;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Takes in what companions are told of phone calls: {@code <call>} (specification §25). What is known of a call is stored between its
 * stanzas, and for a while after its end, so that stanzas that come again are no news. Belongs to the session's thread.
 */
public final class CallHandler implements StanzaHandler {

    private final ClientContext shared;
    private final SessionState state;
    private final Predicate<Person> isSelf;

    /** A handler for one connection; {@code isSelf} knows our own account. */
    public CallHandler(ClientContext shared, SessionState state, Predicate<Person> isSelf) {
        this.shared = shared;
        this.state = state;
        this.isSelf = isSelf;
    }

    @Override
    public Collection<StateKey> needs(Node stanza) {
        if (!CallStanza.followed(stanza)) {
            return List.of();
        }
        List<StateKey> keys = new ArrayList<>(List.of(KnownCalls.KEY));
        CallStanza.of(stanza)
                .ifPresent(said -> List.of(said.from(), said.creator()).stream()
                        .filter(jid -> jid.isPn() || jid.isLid())
                        .map(Aliases::key)
                        .forEach(keys::add));
        return keys;
    }

    @Override
    public StanzaDecision decide(Node stanza) {
        if (!CallStanza.followed(stanza)) {
            return StanzaDecision.nothing();
        }
        return CallStanza.of(stanza).map(this::decide).orElseGet(StanzaDecision::unparsable);
    }

    private StanzaDecision decide(CallStanza said) {
        StanzaDecision decision = StanzaDecision.nothing();
        Instant at = said.at().orElse(shared.wall().instant());
        KnownCalls calls = KnownCalls.of(state.find(KnownCalls.KEY));
        Optional<StoredCall> known = calls.find(said.id(), said.creator(), this::same);
        Optional<StoredCall> call = known.isPresent() ? known : opened(said, at);
        if (call.isEmpty() || call.get().getOver()) {
            return decision;
        }
        if (known.isEmpty()) {
            calls.add(call.get())
                    .ifPresent(left -> decision.event(new CallEnded(at, told(left), CallEnd.UNKNOWN, Duration.ZERO)));
            decision.event(new CallOffered(at, told(call.get())));
        }
        StoredCall now = followed(said, call.get(), at, decision);
        calls.replace(call.get(), now);
        if (known.isEmpty() || !now.equals(call.get())) {
            decision.change(new Change.Put(KnownCalls.KEY.kind(), KnownCalls.KEY.key(), calls.stored()));
        }
        return decision;
    }

    /**
     * A call that we hear of for the first time. Who calls is who sends the offer, for that the server knows. One of our own whose offer
     * nobody told is none before it is taken, which shows whom it is for: everything else strangers could say of calls that never were.
     */
    private Optional<StoredCall> opened(CallStanza said, Instant at) {
        boolean offered = said.kind().offers();
        Jid caller = offered && said.bySomebody() ? said.from().account() : said.creator();
        boolean own = isSelf(caller);
        if (!offered && !(own && said.taken() && !isSelf(said.from()))) {
            return Optional.empty();
        }
        Optional<Jid> other =
                offered ? said.recipient() : Optional.of(said.from().account());
        Optional<Jid> chat = said.group().or(() -> own ? other : Optional.of(caller));
        return chat.map(where -> {
            StoredCall.Builder call = StoredCall.newBuilder()
                    .setId(said.id())
                    .setCreator(said.creator().toString())
                    .setCaller(caller.toString())
                    .setChat(where.toString())
                    .setOwn(own)
                    .setVideo(said.video())
                    .setGroup(said.many())
                    .setOfferedAt(at.getEpochSecond());
            said.alias().ifPresent(alias -> call.setCallerAlias(alias.toString()));
            return call.build();
        });
    }

    /** What is known of a call after this; its end is told. */
    private StoredCall followed(CallStanza said, StoredCall call, Instant at, StanzaDecision decision) {
        if (call.getOwn() && said.kind() == CallStanza.Kind.ACCEPT && !isSelf(said.from()) && call.getTakenAt() == 0) {
            return call.toBuilder().setTakenAt(at.getEpochSecond()).build();
        }
        return end(said, call)
                .map(end -> {
                    Duration talked = call.getTakenAt() == 0
                            ? Duration.ZERO
                            : Duration.between(Instant.ofEpochSecond(call.getTakenAt()), at);
                    decision.event(new CallEnded(at, told(call), end, talked.isNegative() ? Duration.ZERO : talked));
                    return call.toBuilder().setOver(true).build();
                })
                .orElse(call);
    }

    /** How it ends with this, if it does. In a group what others do is no end of it, but for the caller. */
    private Optional<CallEnd> end(CallStanza said, StoredCall call) {
        boolean byUs = isSelf(said.from());
        boolean byAnybody = !call.getGroup();
        boolean byCaller = same(address(call.getCaller()), said.from());
        return switch (said.kind()) {
            case OFFER, OFFER_NOTICE, PREACCEPT -> Optional.empty();
            case ACCEPT -> !call.getOwn() && (byUs || byAnybody) ? Optional.of(CallEnd.TAKEN) : Optional.empty();
            case REJECT ->
                call.getTakenAt() == 0 && (byAnybody || (byUs && !call.getOwn()))
                        ? Optional.of(CallEnd.REJECTED)
                        : Optional.empty();
            case TERMINATE ->
                byUs || byAnybody || byCaller || !said.bySomebody()
                        ? Optional.of(terminated(said.reason(), call, byUs))
                        : Optional.empty();
        };
    }

    private static CallEnd terminated(String reason, StoredCall call, boolean byUs) {
        if (call.getTakenAt() != 0) {
            return CallEnd.TAKEN;
        }
        return switch (reason) {
            case "accepted_elsewhere" -> CallEnd.TAKEN;
            case "rejected_elsewhere" -> CallEnd.REJECTED;
            case "timeout" -> CallEnd.UNANSWERED;
            // Whoever calls takes it back, whoever is called does not want it.
            default -> byUs == call.getOwn() ? CallEnd.CANCELLED : CallEnd.REJECTED;
        };
    }

    private Call told(StoredCall call) {
        Person caller = named(address(call.getCaller()), Jid.parse(call.getCallerAlias()));
        Jid chat = address(call.getChat());
        Person other = call.getChat().equals(call.getCaller()) ? caller : person(chat);
        return new Call(
                call.getId(),
                caller,
                chat.isGroup() ? chat : other.pn().or(other::lid).orElse(chat),
                call.getOwn(),
                call.getVideo(),
                call.getGroup(),
                Instant.ofEpochSecond(call.getOfferedAt()));
    }

    /**
     * Somebody by all names. The one that only the offer tells is shown and not learnt: it stands where the caller's own device has written, and
     * must not make one person of two.
     */
    private Person named(Jid account, Optional<Jid> alias) {
        Person known = person(account);
        return known.pn().isPresent() && known.lid().isPresent()
                ? known
                : Person.of(Optional.of(account), alias).orElse(known);
    }

    private Person person(Jid jid) {
        return Aliases.person(jid, state::find);
    }

    private boolean isSelf(Jid jid) {
        return isSelf.test(person(jid));
    }

    private boolean same(Jid one, Jid other) {
        return person(one).sameAs(person(other));
    }

    /** What was an address when it was stored. */
    private static Jid address(String stored) {
        return Jid.parse(stored).orElse(Jid.SERVER);
    }
}
