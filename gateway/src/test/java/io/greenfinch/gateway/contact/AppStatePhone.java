package io.greenfinch.gateway.contact;

import io.greenfinch.gateway.SimulatedWorld;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Changes contacts, the archive and what makes a sound on somebody's phone, which always succeeds. For one thread. */
final class AppStatePhone {

    private final SimulatedWorld world;
    private final String person;
    private final AppStatePromises promises;
    private final Random random;

    AppStatePhone(SimulatedWorld world, String person, AppStatePromises promises, Random random) {
        this.world = world;
        this.person = person;
        this.promises = promises;
        this.random = random;
    }

    /** Changes so many things about some people. */
    void change(List<String> phones, int times) {
        List<Map<String, Object>> changes = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            changes.add(one(phones.get(random.nextInt(phones.size()))));
        }
        world.appState(person, changes);
    }

    private Map<String, Object> one(String phone) {
        boolean on = random.nextBoolean();
        return switch (random.nextInt(3)) {
            case 0 -> {
                promised(AddressBook.archive(phone), on ? AddressBook.ARCHIVED : AppStatePromises.NOTHING);
                yield Map.of("archive", phone, "on", on);
            }
            case 1 -> {
                promised(AddressBook.mute(phone), on ? AddressBook.MUTED : AppStatePromises.NOTHING);
                yield Map.of("mute", phone, "on", on);
            }
            default -> contact(phone);
        };
    }

    private Map<String, Object> contact(String phone) {
        if (random.nextInt(3) == 0) {
            promised(AddressBook.contact(phone), AppStatePromises.NOTHING);
            return Map.of("contact", phone, "removed", true);
        }
        String name = "P" + random.nextInt(1_000_000_000);
        promised(AddressBook.contact(phone), name);
        return Map.of("contact", phone, "fullName", name, "firstName", name);
    }

    private void promised(String thing, String value) {
        promises.asked(thing, value);
        promises.kept(thing, value);
    }
}
