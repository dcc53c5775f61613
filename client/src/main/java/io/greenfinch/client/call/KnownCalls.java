package io.greenfinch.client.call;

import com.google.protobuf.InvalidProtocolBufferException;
import io.greenfinch.client.proto.StoredCall;
import io.greenfinch.client.proto.StoredCalls;
import io.greenfinch.client.store.StateKey;
import io.greenfinch.client.store.StateKind;
import io.greenfinch.protocol.binary.Jid;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.stream.Stream;

/**
 * The calls of one session that have not ended, and the last that have, at most {@value #MOST} together: one entry of its state, for
 * there are few, and the oldest is to be found. For one step.
 */
final class KnownCalls {

    static final StateKey KEY = new StateKey(StateKind.CALL, "all");

    /** A phone rings for one or two at a time. */
    private static final int MOST = 32;

    private final List<StoredCall> calls;

    private KnownCalls(List<StoredCall> calls) {
        this.calls = calls;
    }

    static KnownCalls of(Optional<byte[]> stored) {
        return new KnownCalls(new ArrayList<>(stored.map(KnownCalls::parse).orElse(List.of())));
    }

    private static List<StoredCall> parse(byte[] stored) {
        try {
            return StoredCalls.parseFrom(stored).getCallList();
        } catch (InvalidProtocolBufferException e) {
            return List.of();
        }
    }

    byte[] stored() {
        return StoredCalls.newBuilder().addAllCall(calls).build().toByteArray();
    }

    /**
     * One of them.
     *
     * @param same whether two addresses are known to be of the same person
     */
    Optional<StoredCall> find(String id, Jid creator, BiPredicate<Jid, Jid> same) {
        return calls.stream()
                .filter(call -> call.getId().equals(id))
                .filter(call -> Stream.of(call.getCreator(), call.getCallerAlias())
                        .flatMap(name -> Jid.parse(name).stream())
                        .anyMatch(name -> same.test(name, creator)))
                .findFirst();
    }

    /** Takes one in; where there are too many, one that has ended is forgotten, else the oldest is given up and returned. */
    Optional<StoredCall> add(StoredCall call) {
        Optional<StoredCall> givenUp = Optional.empty();
        if (calls.size() >= MOST) {
            StoredCall gone =
                    calls.stream().filter(StoredCall::getOver).findFirst().orElseGet(calls::getFirst);
            calls.remove(gone);
            givenUp = Optional.of(gone).filter(left -> !left.getOver());
        }
        calls.add(call);
        return givenUp;
    }

    /** From now on it is so. */
    void replace(StoredCall before, StoredCall now) {
        calls.set(calls.indexOf(before), now);
    }
}
