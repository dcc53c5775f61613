package io.greenfinch.interop.methods;

import io.greenfinch.interop.service.Person;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** The address book, which nobody but the caller changes. */
final class ContactMethods implements Area {

    private final Caller caller;
    private int names;

    ContactMethods(Caller caller) {
        this.caller = caller;
    }

    @Override
    public Calls methods() {
        return new Calls()
                .with("addContact", random -> name("addContact", random, "400 Contact already exists"))
                .with("editContact", random -> name("editContact", random, "404 no-contact"))
                .with("deleteContact", this::delete)
                .with("getContacts", this::contacts)
                .with("checkWhatsapp", this::check);
    }

    private void name(String method, RandomGenerator random, String refusal) {
        Person person = caller.anyPerson(random);
        String first = "Name" + ++names;
        Map<String, Object> body = new HashMap<>(Map.of("chatId", person.phone() + "@c.us", "firstName", first));
        String full = first;
        if (random.nextBoolean()) {
            body.put("lastName", "Late");
            full += " Late";
        }
        Optional<String> before = known(person);
        Told told = caller.post(method, body, refusal);
        Optional<String> after = known(person);
        if (told.flag(method)) {
            caller.hold(after.equals(Optional.of(full)), method, "true, and the phone does not know it");
        } else if (!told.unknown()) {
            caller.hold(after.equals(before), method, told + ", and the phone knows something else than before");
        }
    }

    private void delete(RandomGenerator random) {
        Person person = caller.anyPerson(random);
        Optional<String> before = known(person);
        Told told = caller.post("deleteContact", Map.of("chatId", person.phone() + "@c.us"), "404 no-contact");
        Optional<String> after = known(person);
        if (told.flag("deleteContact")) {
            caller.hold(after.isEmpty(), "deleteContact", "true, and the phone knows the contact");
        } else if (!told.unknown()) {
            caller.hold(after.equals(before), "deleteContact", told + ", and the phone knows something else");
        }
    }

    private Optional<String> known(Person person) {
        Map<String, String> contacts = AppState.of(caller).contacts();
        return Optional.ofNullable(contacts.get(person.pn())).or(() -> Optional.ofNullable(contacts.get(person.lid())));
    }

    private void contacts(RandomGenerator random) {
        Told told = random.nextBoolean() ? caller.get("getContacts") : caller.query("getContacts", "count=3");
        caller.hold(
                told.answer().body().length() <= 2 || told.json().isArray(), "getContacts", "neither empty nor a list");
    }

    private void check(RandomGenerator random) {
        boolean somebody = random.nextInt(4) != 0;
        Person person = caller.anyPerson(random);
        String number = somebody ? person.phone() : "1999" + (1_000_000 + random.nextInt(1_000_000));
        Map<String, Object> body = new HashMap<>(Map.of("chatId", number + "@c.us"));
        if (random.nextBoolean()) {
            body.put("force", true);
        }
        Told told = caller.post("checkWhatsapp", body, "400 not-sent", "400 unknown", "400 refused-");
        if (told.done()) {
            caller.hold(
                    told.flag("existsWhatsapp") == somebody,
                    "checkWhatsapp",
                    somebody ? "somebody is not there" : "nobody is there");
            caller.hold(
                    !somebody || told.json().get("chatId").asString().equals(person.lid()),
                    "checkWhatsapp",
                    "another LID");
        }
    }

    @Override
    public List<String> differences() {
        List<String> found = new ArrayList<>();
        AppState state = AppState.of(caller);
        if (state.broken()) {
            found.add("somebody wrote to the app state what the phone can't apply");
        }
        Map<String, String> told = caller.get("getContacts")
                .json()
                .valueStream()
                .filter(each -> each.get("type").asString().equals("user"))
                .collect(Collectors.toMap(
                        each -> each.get("id").asString(),
                        ContactMethods::nameOf,
                        (one, other) -> one.isEmpty() ? other : one));
        for (Person person : caller.people()) {
            String real = known(person).orElse("");
            String held = told.getOrDefault(person.phone() + "@c.us", told.getOrDefault(person.lid(), ""));
            if (!held.equals(real)) {
                found.add("getContacts: %s is called %s and is %s".formatted(person.phone(), held, real));
            }
        }
        return found;
    }

    private static String nameOf(JsonNode contact) {
        return contact.get("contactName").asString();
    }
}
