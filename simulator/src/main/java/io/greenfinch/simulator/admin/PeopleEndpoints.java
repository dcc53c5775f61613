package io.greenfinch.simulator.admin;

import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.simulator.account.Companion;
import io.greenfinch.simulator.account.SimulatedAccount;
import io.greenfinch.simulator.phone.DisplayedText;
import io.greenfinch.simulator.phone.Phones;
import io.greenfinch.simulator.world.World;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** People, what their phones saw, their linked devices. */
final class PeopleEndpoints {

    private static final String PHONE = "phone";
    private static final int MOST_AT_ONCE = 100_000;

    /** What of people's privacy can be set here, and to what. */
    private static final Map<String, List<String>> SETTINGS = Map.of(
            "groupadd", List.of("all", "none"),
            "profile", List.of("all", "contacts", "none"),
            "last", List.of("all", "none"),
            "readreceipts", List.of("all", "none"));

    private final World world;
    private final Phones phones;
    private final PersonLookup people;

    private PeopleEndpoints(World world, Phones phones) {
        this.world = world;
        this.phones = phones;
        this.people = new PersonLookup(world);
    }

    static void register(AdminHandler admin, World world, Phones phones) {
        PeopleEndpoints endpoints = new PeopleEndpoints(world, phones);
        admin.on("GET", "/admin/people", _ -> endpoints.all())
                .on("GET", "/admin/connected", _ -> endpoints.connected())
                .on("POST", "/admin/people", endpoints::create)
                .on("GET", "/admin/people/{phone}", endpoints::one)
                .on("GET", "/admin/people/{phone}/seen", endpoints::seen)
                .on("POST", "/admin/people/{phone}/offline", endpoints::offline)
                .on("POST", "/admin/people/{phone}/register-anew", endpoints::registerAnew)
                .on("POST", "/admin/people/{phone}/privacy", endpoints::privacy)
                .on("POST", "/admin/people/{phone}/passkey", endpoints::passkey)
                .on("POST", "/admin/people/{phone}/passkey/sign", endpoints::sign)
                .on("DELETE", "/admin/devices/{jid}", endpoints::unlink);
    }

    private AdminAnswer all() {
        return world.read(() -> {
            List<Map<String, Object>> all = new ArrayList<>();
            world.accounts().all().forEach(account -> all.add(people.show(account)));
            return AdminAnswer.ok(all);
        });
    }

    private AdminAnswer connected() {
        return world.read(() -> AdminAnswer.ok(Map.of(
                "connected",
                world.accounts().all().stream()
                        .flatMap(account -> account.companions().stream())
                        .filter(companion -> companion.line().isPresent())
                        .count())));
    }

    private AdminAnswer one(AdminRequest request) {
        return world.read(() -> AdminAnswer.ok(people.show(people.at(request.parameter(PHONE)))));
    }

    /** One person, several in an array, or so many strangers at once. */
    private AdminAnswer create(AdminRequest request) {
        List<Input> inputs = Input.oneOrMany(request.body());
        boolean many = request.body().strip().startsWith("[");
        List<NewPerson> wanted = new ArrayList<>();
        boolean crowd = false;
        for (Input input : inputs) {
            int count = input.number("count", 1, MOST_AT_ONCE).orElse(1);
            crowd |= count > 1;
            NewPerson person = new NewPerson(
                    input.text("name"),
                    input.text(PHONE).map(PeopleEndpoints::number),
                    input.texts("aliases").stream().map(PeopleEndpoints::number).toList(),
                    input.flag("hosted").orElse(false));
            input.end();
            if (count > 1
                    && (person.name().isPresent()
                            || person.phone().isPresent()
                            || !person.aliases().isEmpty())) {
                throw BadInput.malformed("\"count\" makes strangers: they have no name and no chosen phone");
            }
            for (int i = 0; i < count; i++) {
                wanted.add(person);
            }
        }
        boolean list = many || crowd;
        return world.change(() -> {
            List<Map<String, Object>> created = new ArrayList<>();
            for (NewPerson person : wanted) {
                Optional<AdminAnswer> conflict = conflict(person);
                if (conflict.isPresent()) {
                    return conflict.get();
                }
                created.add(people.show(create(person)));
            }
            return AdminAnswer.created(list ? created : created.getFirst());
        });
    }

    private record NewPerson(Optional<String> name, Optional<String> phone, List<String> aliases, boolean hosted) {}

    private static String number(String text) {
        String digits = text.startsWith("+") ? text.substring(1) : text;
        if (!digits.matches("[1-9][0-9]{6,14}")) {
            throw BadInput.malformed("\"phone\" must be 7 to 15 digits with country code");
        }
        return digits;
    }

    private Optional<AdminAnswer> conflict(NewPerson person) {
        List<String> numbers = Stream.concat(person.phone().stream(), person.aliases().stream())
                .toList();
        for (int i = 0; i < numbers.size(); i++) {
            String number = numbers.get(i);
            if (world.accounts().byContact(number).isPresent() || numbers.indexOf(number) != i) {
                return Optional.of(AdminAnswer.error(409, "somebody has the number " + number));
            }
        }
        if (person.name().flatMap(world.accounts()::byName).isPresent()) {
            return Optional.of(
                    AdminAnswer.error(409, "somebody is called " + person.name().orElseThrow()));
        }
        return Optional.empty();
    }

    private SimulatedAccount create(NewPerson person) {
        SimulatedAccount account = person.phone().map(world.accounts()::create).orElseGet(world.accounts()::create);
        person.aliases().forEach(alias -> world.accounts().alias(account, alias));
        account.hosted(person.hosted());
        person.name()
                .filter(name -> !name.isBlank())
                .ifPresent(name -> world.accounts().rename(account, name));
        return account;
    }

    private AdminAnswer seen(AdminRequest request) {
        return world.read(() -> {
            List<Map<String, Object>> all = new ArrayList<>();
            phones.seenBy(people.at(request.parameter(PHONE))).forEach(seen -> all.add(show(seen)));
            return AdminAnswer.ok(all);
        });
    }

    private static Map<String, Object> show(DisplayedText seen) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("at", seen.at().toString());
        shown.put("text", seen.text());
        seen.from().ifPresent(from -> shown.put("from", from));
        seen.group().ifPresent(group -> shown.put("group", group));
        seen.id().ifPresent(id -> shown.put("id", id));
        return shown;
    }

    private AdminAnswer offline(AdminRequest request) {
        Input input = request.input();
        boolean offline = input.flag("offline").orElse(true);
        input.end();
        return world.change(() -> {
            SimulatedAccount account = people.at(request.parameter(PHONE));
            account.phone().online(!offline);
            return AdminAnswer.ok(people.show(account));
        });
    }

    private AdminAnswer registerAnew(AdminRequest request) {
        return world.change(() -> {
            SimulatedAccount account = people.at(request.parameter(PHONE));
            world.registerAnew(account);
            return AdminAnswer.ok(people.show(account));
        });
    }

    /** Privacy settings, and whom this person blocked; their companions are told. */
    private AdminAnswer privacy(AdminRequest request) {
        Input input = request.input();
        Map<String, String> settings = new LinkedHashMap<>();
        SETTINGS.forEach((name, values) -> input.text(name).ifPresent(value -> {
            if (!values.contains(value)) {
                throw BadInput.malformed("\"" + name + "\" must be one of " + String.join(", ", values));
            }
            settings.put(name, value);
        }));
        List<String> block = input.texts("block");
        List<String> unblock = input.texts("unblock");
        input.end();
        return world.change(() -> {
            SimulatedAccount account = people.at(request.parameter(PHONE));
            if (!settings.isEmpty()) {
                account.privacy().putAll(settings);
                world.privacyChanged(account.phone());
            }
            block.forEach(person -> world.block(account.phone(), people.named(person), true));
            unblock.forEach(person -> world.block(account.phone(), people.named(person), false));
            return AdminAnswer.ok(people.show(account));
        });
    }

    private AdminAnswer passkey(AdminRequest request) {
        Input input = request.input();
        boolean demanded = input.flag("demanded").orElse(true);
        input.end();
        return world.change(() -> {
            SimulatedAccount account = people.at(request.parameter(PHONE));
            account.passkeyDemanded(demanded);
            return AdminAnswer.ok(people.show(account));
        });
    }

    /** What a browser on WhatsApp's page answers, when the owner is there. */
    private AdminAnswer sign(AdminRequest request) {
        Input input = request.input();
        String challenge = input.requiredText("challenge");
        input.end();
        return world.change(() ->
                AdminAnswer.ok(people.at(request.parameter(PHONE)).passkey().sign(challenge)));
    }

    private AdminAnswer unlink(AdminRequest request) {
        String text = request.parameter("jid");
        Jid jid = Jid.parse(text).orElseThrow(() -> BadInput.malformed(text + " is no address"));
        return world.change(() -> {
            Companion companion = world.accounts()
                    .companion(jid)
                    .orElseThrow(() -> BadInput.missing("no companion " + text + " is linked"));
            world.unlink(companion);
            return AdminAnswer.nothing();
        });
    }
}
