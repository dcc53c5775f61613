package io.greenfinch.gateway.http;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A JSON object that is made of a {@code T}: each member is named, described and read in one place. Immutable; members
 * are written in their order.
 */
public record ObjectShape<T>(Shape shape, List<Property<T>> members) {

    /** A member and where its value comes from. */
    public record Property<T>(String name, Function<T, Optional<?>> value) {}

    /** One without members. */
    public static <T> ObjectShape<T> of(Class<T> type) {
        return new ObjectShape<>(Shape.object(), List.of());
    }

    /** With one more member: a text, number, boolean, node, or a list of those. */
    public ObjectShape<T> with(String name, Shape is, Function<T, ?> value) {
        return new ObjectShape<>(shape.and(name, is), more(name, made -> Optional.of(value.apply(made))));
    }

    /** With a text. */
    public ObjectShape<T> text(String name, Function<T, String> value) {
        return with(name, Shape.TEXT, value);
    }

    /** With a number. */
    public ObjectShape<T> number(String name, Function<T, ? extends Number> value) {
        return with(name, Shape.NUMBER, value);
    }

    /** With a boolean. */
    public ObjectShape<T> flag(String name, Function<T, Boolean> value) {
        return with(name, Shape.FLAG, value);
    }

    /** With one more member, which is the same in all. */
    public ObjectShape<T> always(String name, Object value) {
        return with(name, Shape.constant(value), made -> value);
    }

    /** With one more member, left out where it is empty. */
    public ObjectShape<T> maybe(String name, Shape is, Function<T, Optional<?>> value) {
        return new ObjectShape<>(shape.maybe(name, is), more(name, value));
    }

    private List<Property<T>> more(String name, Function<T, Optional<?>> value) {
        return Stream.concat(members.stream(), Stream.of(new Property<>(name, value)))
                .toList();
    }

    /** The JSON of several. */
    public ArrayNode all(Collection<T> values) {
        return Json.array().addAll(values.stream().map(this::of).toList());
    }

    /** The JSON of {@code value}. */
    public ObjectNode of(T value) {
        ObjectNode made = Json.object();
        for (Property<T> member : members) {
            member.value().apply(value).ifPresent(known -> made.set(member.name(), Json.of(known)));
        }
        return made;
    }
}
