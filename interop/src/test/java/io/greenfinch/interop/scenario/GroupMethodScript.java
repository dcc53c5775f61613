package io.greenfinch.interop.scenario;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.greenfinch.interop.peer.Peer;
import io.greenfinch.interop.peer.PeerEvent;
import io.greenfinch.interop.peer.PeerEvent.Changed;
import io.greenfinch.interop.peer.PeerEvent.Joined;
import io.greenfinch.interop.peer.PeerEvent.PictureChanged;
import io.greenfinch.interop.peer.PeerEvent.Renamed;
import io.greenfinch.interop.peer.PeerEvent.SettingChanged;
import io.greenfinch.interop.peer.PeerKind;
import io.greenfinch.interop.peer.PeerRefusedException;
import io.greenfinch.interop.scenario.GroupMethodTable.Situation;
import io.greenfinch.interop.service.Gateway.Answer;
import io.greenfinch.interop.service.Person;
import io.greenfinch.interop.service.Sandbox;
import io.greenfinch.interop.service.SimulatorAdmin;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the tests of group methods have in common: a sandbox, and a witness that is a Baileys client. Each case has a group of its
 * own: Olga's, with the witness, Carola and Dora in it, and with us, or made by us.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GroupMethodScript {
    private static final String UNKNOWN = "120363999999999999@g.us";
    private static final AtomicInteger FENCES = new AtomicInteger();

    Sandbox sandbox;
    SimulatorAdmin simulator;
    Peer witness;
    Map<String, Person> people;
    Person us;

    @BeforeAll
    void link(@TempDir Path data) {
        sandbox = Sandbox.start(data.resolve("sandbox"));
        simulator = sandbox.simulator();
        us = simulator.person(
                sandbox.gateway().get("getWaSettings").json().get("phone").asString());
        witness = Peer.start(PeerKind.BAILEYS, "Bella", simulator);
        people = new HashMap<>();
        people.put("us", us);
        people.put("Bella", witness.link(simulator));
        for (String name : List.of("Olga", "Carola", "Dora", "Emil")) {
            people.put(name, simulator.createPerson(name));
        }
    }

    @AfterAll
    void stop() {
        witness.close();
        sandbox.close();
    }

    /** A group in which Dora and, besides Olga, nobody but us in the first situation is an admin. */
    String group(Situation situation) {
        if (situation == Situation.NO_GROUP) {
            return UNKNOWN;
        }
        List<String> members = new ArrayList<>(List.of(phone("Bella"), phone("Carola"), phone("Dora")));
        if (situation != Situation.NOT_MEMBER) {
            members.add(us.phone());
        }
        String group = simulator.createGroup("Team", "lid", phone("Olga"), members.toArray(String[]::new));
        act(group, "promote", Map.of("targets", List.of(phone("Dora"))));
        if (situation == Situation.ADMIN) {
            act(group, "promote", Map.of("targets", List.of(us.phone())));
        } else {
            act(group, "locked", Map.of("on", true));
            act(group, "adminsAdd", Map.of("on", true));
        }
        return group;
    }

    private void act(String group, String action, Map<String, Object> more) {
        assertThat(simulator.act(group, phone("Olga"), action, more)).isTrue();
    }

    Optional<GroupView> view(String group) {
        return group.equals(UNKNOWN) ? Optional.empty() : Optional.of(GroupView.of(simulator.group(group)));
    }

    /** The service has it so, the witness finds it so, and was told this of what we did, and no more. */
    void assertSeen(String group, Optional<GroupView> expected, List<String> seen) {
        assertThat(view(group)).isEqualTo(expected);
        if (expected.isPresent()) {
            assertThat(GroupView.of(witness.group(group))).isEqualTo(expected.get());
        } else {
            assertThatThrownBy(() -> witness.group(group)).isInstanceOf(PeerRefusedException.class);
        }
        // What Baileys was told before it learns of the next group is told by then.
        String fence = create("Fence " + FENCES.incrementAndGet(), "Bella")
                .json()
                .get("chatId")
                .asString();
        witness.await(Joined.class, event -> event.group().id().equals(fence));
        await().atMost(20, SECONDS)
                .untilAsserted(() -> assertThat(seenOfUs(group)).isEqualTo(seen));
    }

    private List<String> seenOfUs(String group) {
        return witness.seen(PeerEvent.class).stream()
                .flatMap(event -> ours(event, group).stream())
                .toList();
    }

    private Optional<String> ours(PeerEvent event, String group) {
        return switch (event) {
            case Changed(String in, var kind, var actor, var whom)
            when in.equals(group) && byUs(actor) ->
                Optional.of(kind.name().toLowerCase(Locale.ROOT) + " "
                        + String.join(",", whom.stream().map(this::name).toList()));
            case Renamed(String in, var actor, String subject)
            when in.equals(group) && byUs(actor) -> Optional.of("subject " + subject);
            case SettingChanged(String in, var actor, String name, boolean on)
            when in.equals(group) && byUs(actor) -> Optional.of(name + (on ? " on" : " off"));
            case PictureChanged(String in, var actor) when in.equals(group) && byUs(actor) -> Optional.of("picture");
            default -> Optional.empty();
        };
    }

    private boolean byUs(Optional<String> actor) {
        return actor.filter(us::isNamed).isPresent();
    }

    private String name(String jid) {
        return people.entrySet().stream()
                .filter(entry -> entry.getValue().isNamed(jid))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(jid);
    }

    Answer create(String subject, String... members) {
        List<String> chatIds = Stream.of(members).map(this::chatId).toList();
        return sandbox.gateway().post("createGroup", Map.of("groupName", subject, "chatIds", chatIds));
    }

    String chatId(String name) {
        return phone(name) + "@c.us";
    }

    String phone(String name) {
        return Objects.requireNonNull(people.get(name), name).phone();
    }

    static byte[] picture() throws IOException {
        ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(640, 640, BufferedImage.TYPE_INT_RGB), "jpg", jpeg);
        return jpeg.toByteArray();
    }
}
