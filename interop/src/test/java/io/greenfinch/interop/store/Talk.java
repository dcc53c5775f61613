package io.greenfinch.interop.store;

import io.greenfinch.interop.service.Person;
import io.greenfinch.protocol.binary.Jid;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Texts with growing numbers that one writer sends to one chat, one after the other: whoever gets them gets each once, in this order.
 * Thread-safe, for one writer at a time.
 *
 * @param engine who sends them; empty when they are written on a phone
 * @param readers whose phones show them
 * @param told the engines that are told of them
 */
record Talk(
        String name,
        Optional<Linked> engine,
        Person writer,
        Jid chat,
        List<Person> readers,
        List<Linked> told,
        List<String> ids) {

    Talk(String name, Optional<Linked> engine, Person writer, Jid chat, List<Person> readers, List<Linked> told) {
        this(name, engine, writer, chat, readers, told, new ArrayList<>());
    }

    /** The text of a number. */
    String text(int number) {
        return name + " " + number;
    }

    /** The next text. */
    synchronized String next() {
        return text(ids.size());
    }

    /** The next text was taken under this id. */
    synchronized void took(String id) {
        ids.add(id);
    }

    /** Every text that was taken, with its id, in order. */
    synchronized List<Sight> taken() {
        List<Sight> all = new ArrayList<>();
        for (int i = 0; i < ids.size(); i++) {
            all.add(new Sight(text(i), ids.get(i)));
        }
        return all;
    }

    /** Those of this talk among others, in their order. */
    List<Sight> among(List<Sight> seen) {
        return seen.stream()
                .filter(sight -> sight.text().startsWith(name + " "))
                .toList();
    }
}
