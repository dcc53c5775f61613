package io.greenfinch.gateway.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.client.Session;
import io.greenfinch.client.group.Group;
import io.greenfinch.client.group.GroupChange;
import io.greenfinch.client.group.GroupUpdate;
import io.greenfinch.gateway.SimulatedWorld;
import io.greenfinch.protocol.binary.Jid;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Whatever happens to groups from all sides, a session's own state of them ends up as the service has it. */
class AgreementIT {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int STEPS = 120;
    private static final Map<String, String> PHONES = new TreeMap<>(
            Map.of("Anna", "15550001001", "Bob", "15550001002", "Carol", "15550001003", "Dave", "15550001004"));
    private static final List<String> NAMES = List.copyOf(PHONES.keySet());

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void stateOfASessionAndOfTheServiceAgreeAfterAnyChanges(long seed) {
        Random random = new Random(seed);
        try (SimulatedWorld world = new SimulatedWorld();
                Engines engines = new Engines(world)) {
            PHONES.forEach(world::person);
            List<String> groups = new ArrayList<>();
            for (String addressing : List.of("pn", "lid", "lid")) {
                String creator = NAMES.get(random.nextInt(NAMES.size()));
                String others =
                        NAMES.stream().filter(name -> !name.equals(creator)).collect(Collectors.joining(","));
                groups.add(world.group("Team", creator, others, ",\"addressing\":\"" + addressing + "\""));
            }
            Session anna = engines.link("Anna");

            for (int i = 0; i < STEPS; i++) {
                String group = groups.get(random.nextInt(groups.size()));
                if (random.nextInt(3) == 0) {
                    ours(random, anna, jid(group));
                } else {
                    theirs(random, world, group);
                }
            }

            for (String group : groups) {
                Awaitility.await()
                        .atMost(PATIENCE)
                        .pollInterval(Duration.ofMillis(20))
                        .untilAsserted(() -> assertThat(
                                        anna.groups().cached(jid(group)).map(AgreementIT::view))
                                .isEqualTo(view(world.shown(group))));
            }
        }
    }

    private static void theirs(Random random, SimulatedWorld world, String group) {
        String actor = any(random);
        String whom = any(random);
        switch (random.nextInt(13)) {
            case 0, 1, 2 -> world.tries(group, actor, "add", whom, "");
            case 3 -> world.tries(group, actor, "remove", whom, "");
            case 4, 5 -> world.tries(group, actor, "promote", whom, "");
            case 6 -> world.tries(group, actor, "demote", whom, "");
            case 7 -> world.tries(group, actor, "leave", "", "");
            case 8 -> world.tries(group, actor, "join", "", "");
            case 9 -> world.tries(group, actor, "subject", "", ",\"text\":\"Team " + random.nextInt(9) + "\"");
            case 10 ->
                world.tries(group, actor, "description", "", ",\"text\":\"" + "x".repeat(random.nextInt(3)) + "\"");
            case 11 -> {
                String setting = List.of("locked", "announcement", "adminsAdd").get(random.nextInt(3));
                world.tries(group, actor, setting, "", ",\"on\":" + random.nextBoolean());
            }
            default -> world.tries(group, actor, "ephemeral", "", ",\"seconds\":" + 86_400 * random.nextInt(2));
        }
    }

    private static void ours(Random random, Session anna, Jid group) {
        switch (random.nextInt(12)) {
            case 0 -> {
                anna.groups().leave(List.of(group), deadline());
                anna.groups().answered(List.of(group), true);
            }
            case 1 -> anna.account().reconnect();
            case 2 -> change(anna, group, new GroupChange.Subject("Crew " + random.nextInt(9)));
            case 3 -> change(anna, group, new GroupChange.Locked(random.nextBoolean()));
            case 4 -> change(anna, group, new GroupChange.Announcement(random.nextBoolean()));
            case 5 -> change(anna, group, new GroupChange.MembersAdd(random.nextBoolean()));
            case 6 -> change(anna, group, new GroupChange.Ephemeral(86_400 * random.nextInt(2)));
            default -> {
                GroupUpdate.Action[] actions = GroupUpdate.Action.values();
                Jid person = Jid.pn(PHONES.getOrDefault(any(random), ""));
                change(anna, group, new GroupChange.Member(actions[random.nextInt(actions.length)], person));
            }
        }
    }

    private static void change(Session anna, Jid group, GroupChange change) {
        assertThat(anna.groups().change(group, change, deadline())).isNotNull();
    }

    /** What both sides can tell, in one form; empty for a group that Anna is not in. */
    private record View(
            String subject,
            String description,
            boolean locked,
            boolean announcement,
            boolean membersAdd,
            int ephemeral,
            Map<String, String> ranks) {}

    private static View view(Group group) {
        Map<String, String> ranks = new TreeMap<>();
        group.participants()
                .forEach(member -> ranks.put(
                        member.person().pn().map(Jid::user).orElse("?"),
                        member.role().name().toLowerCase(Locale.ROOT)));
        Group.Settings settings = group.settings();
        return new View(
                group.subject(),
                settings.description(),
                settings.locked(),
                settings.announcement(),
                settings.membersAdd(),
                settings.ephemeralSeconds(),
                ranks);
    }

    private static Optional<View> view(JsonNode group) {
        Map<String, String> ranks = new TreeMap<>();
        group.path("members")
                .valueStream()
                .forEach(member -> ranks.put(
                        member.path("phone").stringValue(), member.path("rank").stringValue()));
        View view = new View(
                group.path("subject").stringValue(),
                group.path("description").stringValue(""),
                group.path("locked").booleanValue(),
                group.path("announcement").booleanValue(),
                !group.path("adminsAdd").booleanValue(),
                group.path("ephemeral").intValue(),
                ranks);
        return Stream.of(view)
                .filter(each -> each.ranks().containsKey(PHONES.get("Anna")))
                .findFirst();
    }

    private static String any(Random random) {
        return NAMES.get(random.nextInt(NAMES.size()));
    }

    private static Jid jid(String group) {
        return Jid.parse(group).orElseThrow();
    }

    private static Instant deadline() {
        return Instant.now().plus(PATIENCE);
    }
}
