package io.greenfinch.simulator.chat;

import io.greenfinch.protocol.binary.Node;
import io.greenfinch.simulator.chat.Outgoing.Manner;
import io.greenfinch.simulator.fault.Effect;
import io.greenfinch.simulator.stanza.ServerStanzas;

/** Carries out faults that hit a stanza the server sends, and those that hit a connection without any stanza. */
final class FaultyDelivery {

    private FaultyDelivery() {}

    /** Sends a pushed stanza as a fault demands, or not at all: it then stays unacknowledged and comes again at the next login. */
    static void push(CompanionStream to, Node stanza, Effect effect) {
        switch (effect) {
            case Effect.Delay delay ->
                to.service().timer().after(delay.by(), () -> {
                    to.writer().send(stanza);
                    to.writer().flush();
                });
            case Effect.Duplicate _, Effect.Reorder _, Effect.Corrupt _, Effect.Fragment _ ->
                to.writer().send(stanza, manner(effect), () -> {});
            case Effect.NoAnswer _ -> {}
            case Effect.Unreadable _ -> to.writer().send(tampered(stanza));
            case Effect.Cut _, Effect.HalfOpen _, Effect.StreamError _ -> strike(to, effect);
            case Effect.AnswerError _,
                    Effect.EchoFirst _,
                    Effect.LeaveError _,
                    Effect.EmptyLeave _,
                    Effect.AbsentGroup _,
                    Effect.ParticipantError _,
                    Effect.LoginFailure _,
                    Effect.LinkDown _ -> to.writer().send(stanza);
        }
    }

    private static Node tampered(Node stanza) {
        Node.Builder tampered = Node.element(stanza.tag());
        stanza.attributes().forEach(tampered::attribute);
        for (Node child : stanza.children()) {
            if (child.tag().equals("enc") && child.content().length > 0) {
                byte[] content = child.content().clone();
                content[content.length - 1] ^= 1;
                tampered.child(child.toBuilder().bytes(content));
            } else {
                tampered.child(child);
            }
        }
        return tampered.build();
    }

    /** Does to a connection, at once, what a fault demands; says whether the fault is one that can be. */
    static boolean strike(CompanionStream at, Effect effect) {
        switch (effect) {
            case Effect.Cut _, Effect.LinkDown _ -> at.writer().cut();
            case Effect.HalfOpen _ -> at.writer().freeze();
            case Effect.StreamError(var code, var conflict) -> {
                Node.Builder error = ServerStanzas.streamError();
                code.ifPresent(value -> error.attribute("code", value));
                conflict.ifPresent(type -> error.child(Node.element("conflict").attribute("type", type)));
                at.writer().end(error.build());
                at.service().flushLater(at.writer());
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    /** How a stanza that is hit by this fault is written. */
    static Manner manner(Effect effect) {
        return switch (effect) {
            case Effect.Duplicate _ -> Manner.TWICE;
            case Effect.Reorder _ -> Manner.AFTER_THE_NEXT;
            case Effect.Corrupt _ -> Manner.CORRUPTED;
            case Effect.Fragment _ -> Manner.IN_PIECES;
            default -> Manner.PROPERLY;
        };
    }
}
