package io.greenfinch.gateway.instance;

import io.greenfinch.client.SessionEvent.CallEnded;
import io.greenfinch.client.SessionEvent.CallOffered;
import io.greenfinch.client.call.Call;
import io.greenfinch.client.call.CallEnd;
import io.greenfinch.gateway.chat.ChatNames;
import io.greenfinch.gateway.notification.IncomingCall;
import io.greenfinch.gateway.notification.Notification;
import io.greenfinch.gateway.notification.OutgoingCall;
import io.greenfinch.gateway.store.CallTable;
import io.greenfinch.gateway.store.CallTable.Entry;
import io.greenfinch.gateway.store.Row;
import java.util.List;

/** What events of phone calls leave in the journal and in the outbox. Thread-safe. */
public record CallRows(CallTable calls) {

    /** It rings. Of calls of the account's own only the end is told, as documented. */
    List<Row> offered(MessageRows.Context context, CallOffered event) {
        Call call = event.call();
        return call.own()
                ? List.of()
                : List.of(context.telling()
                        .apply(new IncomingCall(
                                call.id(), ChatNames.of(call.caller()), IncomingCall.OFFER, event.at())));
    }

    /** It has ended; told once, in the journal and to those who want to know. */
    Row ended(MessageRows.Context context, CallEnded event) {
        Call call = event.call();
        String status = call.own() ? outgoing(event.end()) : incoming(event.end());
        String chat = ChatNames.of(call.chat());
        Notification told = call.own()
                ? new OutgoingCall(call.id(), chat, call.video(), call.group(), status, event.talked(), event.at())
                : new IncomingCall(call.id(), ChatNames.of(call.caller()), status, event.at());
        Entry entry =
                new Entry(call.id(), chat, call.own(), call.video(), call.group(), status, event.talked(), event.at());
        return calls.add(context.instance(), entry, List.of(context.telling().apply(told)));
    }

    /** The account is another one, or none. */
    Row linkEnded(long instance) {
        return calls.ending(instance);
    }

    /** A call that nobody is known to have taken went unanswered, as far as anybody here can tell. */
    private static String incoming(CallEnd end) {
        return switch (end) {
            case TAKEN -> "pickUp";
            case REJECTED -> "hungUp";
            case UNANSWERED, CANCELLED, UNKNOWN -> "declined";
        };
    }

    private static String outgoing(CallEnd end) {
        return switch (end) {
            case TAKEN -> "pickUp";
            case REJECTED, UNANSWERED, CANCELLED -> "hungUp";
            case UNKNOWN -> "invalid";
        };
    }
}
