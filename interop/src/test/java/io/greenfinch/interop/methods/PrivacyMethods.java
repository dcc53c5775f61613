package io.greenfinch.interop.methods;

import io.greenfinch.interop.service.Person;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** What is known of people, whom the account blocks, and who may see what of it; nobody but the caller changes these. */
final class PrivacyMethods implements Area {

    private static final List<String> VALUES = List.of("all", "contacts", "none");

    private final Caller caller;
    private final Person stranger;

    /** @param caller who blocks somebody that has nothing to do with anybody */
    PrivacyMethods(Caller caller) {
        this.caller = caller;
        this.stranger = caller.simulator().createPerson("Stranger to " + caller.phone());
    }

    @Override
    public Calls methods() {
        return new Calls()
                .with("getContactInfo", this::info)
                .with("getProducts", this::products)
                .with("blockContact", _ -> block(true))
                .with("getBlockedContacts", _ -> blocked())
                .with("unblockContact", _ -> block(false))
                .with("getPrivacySettings", _ -> settings())
                .with("setPrivacySettings", this::change)
                .with("getDeviceInfo", _ -> caller.get("getDeviceInfo"));
    }

    private void info(RandomGenerator random) {
        Person person = caller.anyPerson(random);
        Told told = caller.post("getContactInfo", Map.of("chatId", person.phone() + "@c.us"));
        if (told.done()) {
            caller.hold(!told.flag("isBusiness"), "getContactInfo", "somebody is a business");
            caller.hold(
                    told.json().get("chatId").asString().equals(person.phone() + "@c.us"),
                    "getContactInfo",
                    "somebody else");
        }
    }

    private void products(RandomGenerator random) {
        Person person = caller.anyPerson(random);
        Told told = caller.post("getProducts", Map.of("chatId", person.phone() + "@c.us"));
        caller.hold(
                !told.done() || told.json().get("products").isEmpty(),
                "getProducts",
                "who is no business offers something");
    }

    private void block(boolean wanted) {
        String method = wanted ? "blockContact" : "unblockContact";
        if (caller.post(method, Map.of("chatId", stranger.phone() + "@c.us")).flag(method)) {
            caller.hold(isBlocked() == wanted, method, "true, and it is not so");
        }
    }

    private boolean isBlocked() {
        return caller.simulator().blocked(caller.phone()).contains(stranger.phone());
    }

    private void blocked() {
        Told told = caller.get("getBlockedContacts");
        if (told.done()) {
            caller.hold(!told.json().isEmpty() == isBlocked(), "getBlockedContacts", "another list");
        }
    }

    private void settings() {
        Told told = caller.get("getPrivacySettings");
        caller.hold(
                !told.done() || VALUES.contains(told.json().get("lastSeen").asString()),
                "getPrivacySettings",
                "a value that nobody has set");
    }

    private void change(RandomGenerator random) {
        String wanted = Caller.any(VALUES, random);
        Told told = caller.post("setPrivacySettings", Map.of("lastSeen", wanted));
        caller.hold(
                !told.done() || told.json().get("lastSeen").asString().equals(wanted),
                "setPrivacySettings",
                "another value than was set");
    }
}
