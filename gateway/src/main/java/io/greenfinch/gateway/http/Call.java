package io.greenfinch.gateway.http;

import io.greenfinch.gateway.instance.ApiToken;
import io.greenfinch.protocol.binary.Jid;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;
import tools.jackson.databind.node.ObjectNode;

/**
 * A request that passed the checks of its method. Files in it are gone when it has been answered.
 *
 * @param body its fields, as the method's descriptor demands; empty for methods without parameters
 * @param segment what follows the token in its path
 * @param deadline when it must have been answered
 * @param token what it was let in with
 * @param record what it leaves for repeats of it
 * @param names by which name whoever it names is known
 */
public record Call(
        ObjectNode body,
        Optional<String> segment,
        Instant deadline,
        ApiToken token,
        RepeatRecord record,
        UnaryOperator<Jid> names) {

    /** One whose people are known by the names that it gives them. */
    public Call(ObjectNode body, Optional<String> segment, Instant deadline, ApiToken token, RepeatRecord record) {
        this(body, segment, deadline, token, record, UnaryOperator.identity());
    }

    /** The same with other names for whom it names. */
    Call naming(UnaryOperator<Jid> others) {
        return new Call(body, segment, deadline, token, record, others);
    }

    /** What stands in a field of the method's descriptor. Of several people each is told as the caller names them. */
    public <T> T get(Field<T> field) {
        return named(field.reader().apply(body.path(field.name())));
    }

    @SuppressWarnings("unchecked") // each becomes something of its own kind
    private <T> T named(T value) {
        return switch (value) {
            case Jid jid -> (T) names.apply(jid);
            case Optional<?> optional -> (T) optional.map(this::named);
            default -> value;
        };
    }

    /** The body may hold tokens and texts: it is not shown. */
    @Override
    public String toString() {
        return "Call[" + body.propertyNames() + ", deadline=" + deadline + "]";
    }
}
