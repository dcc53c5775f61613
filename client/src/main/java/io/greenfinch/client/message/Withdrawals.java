package io.greenfinch.client.message;

import io.greenfinch.client.store.Change;
import io.greenfinch.protocol.proto.ProtocolMessage;
import io.greenfinch.protocol.proto.ProtocolMessageType;
import java.util.List;
import java.util.Optional;

/** What a message that takes an earlier one back means for that one (specification §14.8). Blocks; not for the session's thread. */
record Withdrawals(SentMessages sent) {

    /** One that takes a status update back goes to those who may have got that, whatever the account's own setting says by now. */
    OutgoingMessage addressed(OutgoingMessage message) {
        return Optional.of(message)
                .filter(each -> each.chat().isStatus())
                .flatMap(each -> taken(each).flatMap(sent::find))
                .filter(earlier -> !earlier.audience().isEmpty())
                .map(earlier -> new OutgoingMessage(
                        message.id(),
                        message.chat(),
                        message.content(),
                        Optional.of(new Audience(earlier.audience(), true))))
                .orElse(message);
    }

    /** What is taken back is sent to nobody any more. */
    List<Change> changes(OutgoingMessage message) {
        return taken(message).flatMap(sent::removal).map(List::of).orElse(List.of());
    }

    /** The message that one takes back. */
    private static Optional<String> taken(OutgoingMessage message) {
        ProtocolMessage change = message.content().getProtocolMessage();
        return message.content().hasProtocolMessage() && change.getType() == ProtocolMessageType.REVOKE
                ? Optional.of(change.getKey().getId())
                : Optional.empty();
    }
}
