package io.greenfinch.client.stanza;

import io.greenfinch.protocol.binary.Node;
import java.util.List;

/**
 * A question, which may be asked any number of times. Methods as in {@link Operation}.
 *
 * @param <T> what is told
 */
public interface Question<T> extends Operation<Node, T> {

    @Override
    default Repetition repetition() {
        return Repetition.FREELY;
    }

    @Override
    default List<Batch<Node, T>> batches(List<Attempt<Node, T>> open) {
        return List.of(new Batch<>(open.getFirst().subject(), open));
    }
}
