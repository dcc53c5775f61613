package io.greenfinch.interop.methods;

import io.greenfinch.interop.service.Gateway;
import io.greenfinch.interop.service.Gateway.Answer;
import io.greenfinch.interop.service.Person;
import io.greenfinch.interop.service.SimulatorAdmin;
import io.greenfinch.interop.service.Subject;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * An application that calls the methods of one instance. An answer that no call of it has deserved is reported at once. One thread calls;
 * another may take notifications.
 *
 * @param people others, who have no instance
 * @param neighbour whose instance writes to this one, and to whom this one does not write
 * @param chats where it writes, and nobody takes anybody in or out
 * @param rooms groups that it changes
 */
record Caller(
        Subject subject,
        Token token,
        SimulatorAdmin simulator,
        Report report,
        List<Person> people,
        Person neighbour,
        List<Chat> chats,
        List<Room> rooms) {

    /** The instance's token at present. */
    static final class Token {
        private volatile String text;

        Token(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }

        void renew(String other) {
            text = other;
        }
    }

    Person account() {
        return subject.account();
    }

    String phone() {
        return account().phone();
    }

    String instance() {
        return subject.instance().idInstance();
    }

    /** The instance, by the token that it has now. */
    Gateway gateway() {
        return new Gateway(subject.instance().apiUrl(), instance(), token.text());
    }

    /** The same caller, by the token that it has now for ever. */
    Caller withTokenOfNow() {
        return new Caller(subject, new Token(token.text()), simulator, report, people, neighbour, chats, rooms);
    }

    /** Calls a method that takes a body; {@code expected} are refusals that may be deserved, by their beginnings. */
    Told post(String method, Map<String, ?> body, String... expected) {
        return judged(method, gateway().post(method, body), expected);
    }

    /** Calls a method that takes none. */
    Told get(String method, String... expected) {
        return judged(method, gateway().get(method), expected);
    }

    /** The same with a query. */
    Told query(String method, String query, String... expected) {
        return judged(method, gateway().get(method, query), expected);
    }

    /** Counts an answer, and reports one that nobody has deserved. */
    Told judged(String method, Answer answer, String... expected) {
        Told told = new Told(answer);
        report.answered(method, told);
        if (!told.done() && !told.nothing() && !told.unknown() && !told.failed()) {
            boolean deserved = false;
            for (String each : expected) {
                deserved |= told.toString().startsWith(each);
            }
            if (!deserved) {
                untrue(method, "was told " + told);
            }
        }
        return told;
    }

    /** Reports what is not so. */
    void untrue(String method, String what) {
        report.untrue("%s (%s)".formatted(account().name(), instance()), method, what);
    }

    /** Reports it unless it is so. */
    void hold(boolean so, String method, String otherwise) {
        if (!so) {
            untrue(method, otherwise);
        }
    }

    Chat anyChat(RandomGenerator random) {
        return any(chats, random);
    }

    Person anyPerson(RandomGenerator random) {
        return any(people, random);
    }

    Room anyRoom(RandomGenerator random) {
        return any(rooms, random);
    }

    static <T> T any(List<T> all, RandomGenerator random) {
        return all.get(random.nextInt(all.size()));
    }
}
