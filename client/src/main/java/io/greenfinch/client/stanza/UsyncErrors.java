package io.greenfinch.client.stanza;

import io.greenfinch.protocol.binary.Node;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What went wrong with a question about people although its answer is a result: of what was asked of all of them, or of one
 * (specification §13). Nothing follows then about who is on WhatsApp.
 */
public final class UsyncErrors {

    private UsyncErrors() {}

    /**
     * What the answer comes to as a whole; empty where it tells what was asked. That WhatsApp does not know somebody, or does not
     * want to tell of them, is such a word, and one of several who can't be told of keeps nothing from being told of the others.
     *
     * @param asked what was asked of people, such as {@code devices}
     */
    public static <T> Optional<Verdict<T>> verdict(Node iq, String asked) {
        Optional<Node> usync = iq.child("usync");
        Stream<Answer.Refused> ofAll = errors(usync.flatMap(told -> told.child("result")).stream(), asked);
        List<Node> users = usync.flatMap(told -> told.child("list"))
                .map(list -> list.children("user"))
                .orElse(List.of());
        Stream<Node> only = users.size() == 1 ? users.stream() : Stream.empty();
        return Stream.concat(ofAll, errors(only, asked).filter(Answer.Refused::isPassing))
                .findFirst()
                .map(Answer.Refused::judged);
    }

    private static Stream<Answer.Refused> errors(Stream<Node> elements, String asked) {
        return elements.flatMap(element -> element.child(asked).stream())
                .flatMap(told -> told.child("error").stream())
                .map(Answer.Refused::of);
    }
}
