package io.greenfinch.simulator.admin;

import io.greenfinch.protocol.appstate.AccountAction;
import io.greenfinch.protocol.appstate.AppStateCollection;
import io.greenfinch.protocol.appstate.AppStateMutation;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.simulator.account.SimulatedAccount;
import io.greenfinch.simulator.phone.PhoneAppState;
import io.greenfinch.simulator.phone.Phones;
import io.greenfinch.simulator.world.World;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** What people do on their phones that their other devices learn: contacts, archived, muted and pinned chats, the own name; and what their phones know of it. */
final class AppStateEndpoints {

    private static final String PHONE = "phone";
    private static final int CONFLICT = 409;

    /** The latest second of which there is a date in four bytes. */
    private static final int LATEST = Integer.MAX_VALUE;

    private final World world;
    private final Phones phones;
    private final PersonLookup people;

    private AppStateEndpoints(World world, Phones phones) {
        this.world = world;
        this.phones = phones;
        this.people = new PersonLookup(world);
    }

    static void register(AdminHandler admin, World world, Phones phones) {
        AppStateEndpoints endpoints = new AppStateEndpoints(world, phones);
        admin.on("GET", "/admin/people/{phone}/app-state", endpoints::show)
                .on("POST", "/admin/people/{phone}/app-state", endpoints::write);
    }

    /** One thing that somebody does, read from a request but for whom it names. */
    private record Wish(
            Optional<String> contact,
            Optional<String> fullName,
            Optional<String> firstName,
            boolean removed,
            Optional<String> archive,
            Optional<String> mute,
            OptionalInt until,
            Optional<String> pin,
            Optional<String> name,
            boolean on) {

        static Wish read(Input input) {
            Wish wish = new Wish(
                    input.text("contact"),
                    input.text("fullName"),
                    input.text("firstName"),
                    input.flag("removed").orElse(false),
                    input.text("archive"),
                    input.text("mute"),
                    input.number("until", 0, LATEST),
                    input.text("pin"),
                    input.text("name"),
                    input.flag("on").orElse(true));
            input.end();
            return wish;
        }
    }

    private AdminAnswer write(AdminRequest request) {
        List<Wish> wishes =
                Input.oneOrMany(request.body()).stream().map(Wish::read).toList();
        return world.change(() -> {
            SimulatedAccount account = people.at(request.parameter(PHONE));
            Instant now = world.clock().instant();
            List<AccountAction> actions = wishes.stream().map(this::action).toList();
            for (AccountAction action : actions) {
                if (!phones.appState(account).write(action.collection(), List.of(action.write(now)))) {
                    return AdminAnswer.error(CONFLICT, "the phone can't write to its app state");
                }
            }
            return AdminAnswer.nothing();
        });
    }

    private AccountAction action(Wish wish) {
        if (wish.contact().isPresent()) {
            String named = wish.contact().get();
            if (wish.removed()) {
                return new AccountAction.ContactRemoval(person(named));
            }
            String fullName = wish.fullName().orElseThrow(() -> BadInput.malformed("\"fullName\" is missing"));
            return new AccountAction.Contact(
                    person(named),
                    fullName,
                    wish.firstName().orElse(fullName),
                    people.find(named).map(SimulatedAccount::lid),
                    true);
        }
        if (wish.archive().isPresent()) {
            return new AccountAction.Archive(chat(wish.archive().get()), wish.on(), Optional.empty());
        }
        if (wish.pin().isPresent()) {
            return new AccountAction.Pin(chat(wish.pin().get()), wish.on());
        }
        if (wish.mute().isPresent()) {
            Optional<Instant> until = wish.until().isPresent()
                    ? Optional.of(Instant.ofEpochSecond(wish.until().getAsInt()))
                    : Optional.empty();
            return new AccountAction.Mute(chat(wish.mute().get()), wish.on(), until);
        }
        return wish.name()
                .filter(name -> !name.isBlank())
                .map(AccountAction.PushName::new)
                .orElseThrow(() ->
                        BadInput.malformed("one of \"contact\", \"archive\", \"mute\", \"pin\", \"name\" is wanted"));
    }

    private Jid chat(String named) {
        return Jid.parse(named).filter(Jid::isGroup).orElseGet(() -> person(named));
    }

    /** Under a whole address also somebody who is on no service: a phone knows such people from elsewhere. */
    private Jid person(String named) {
        return people.find(named)
                .map(SimulatedAccount::pn)
                .or(() -> Jid.parse(named).filter(Jid::isPn).map(Jid::account))
                .orElseGet(() -> people.named(named).pn());
    }

    private AdminAnswer show(AdminRequest request) {
        return world.change(() -> {
            PhoneAppState state = phones.appState(people.at(request.parameter(PHONE)));
            List<Map<String, Object>> shown = new ArrayList<>();
            for (AppStateCollection collection : AppStateCollection.values()) {
                Map<String, Object> one = new LinkedHashMap<>();
                one.put("collection", collection.wireName());
                one.put("version", state.version(collection));
                one.put("broken", state.broken(collection));
                one.put(
                        "entries",
                        state.entries(collection).stream()
                                .map(AppStateEndpoints::show)
                                .toList());
                shown.add(one);
            }
            return AdminAnswer.ok(shown);
        });
    }

    private static Map<String, Object> show(AppStateMutation entry) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("index", entry.index().parts());
        AccountAction.of(entry).ifPresent(action -> {
            switch (action) {
                case AccountAction.PushName(String name) -> shown.put("name", name);
                case AccountAction.Contact contact -> {
                    shown.put("fullName", contact.fullName());
                    shown.put("firstName", contact.firstName());
                    shown.put("onPhone", contact.onPhone());
                }
                case AccountAction.Archive archive -> shown.put("on", archive.archived());
                case AccountAction.Pin pin -> shown.put("on", pin.pinned());
                case AccountAction.ReadMark mark -> shown.put("on", mark.read());
                case AccountAction.Mute mute -> {
                    shown.put("on", mute.muted());
                    mute.until().ifPresent(until -> shown.put("until", until.getEpochSecond()));
                }
                case AccountAction.OwnDeletion deletion ->
                    shown.put("id", deletion.message().id());
                case AccountAction.ContactRemoval _ -> {}
            }
        });
        return shown;
    }
}
