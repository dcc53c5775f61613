package io.greenfinch.client.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.client.stanza.Answer;
import io.greenfinch.client.stanza.Outcome;
import io.greenfinch.client.stanza.Outcome.Done;
import io.greenfinch.client.stanza.Outcome.Refused;
import io.greenfinch.client.stanza.Outcome.Unknown;
import io.greenfinch.client.stanza.Refusal;
import io.greenfinch.client.stanza.Request;
import io.greenfinch.client.stanza.Silence;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What became of the wish to create a group, whatever happens to requests and answers. */
final class GroupCreationTest {

    private static final Jid BOB = FakeCreations.BOB;
    private static final NewGroup TEAM = NewGroup.of("Team", List.of(BOB));

    private FakeCreations service = new FakeCreations();

    private Outcome<CreatedGroup> create() {
        GroupCreation creation = new GroupCreation(service, service, new SecureRandom());
        return creation.create(
                TEAM, CreationMemory.NONE, service.clock.instant().plusSeconds(60));
    }

    private static Jid id(Outcome<CreatedGroup> outcome) {
        assertThat(outcome).isInstanceOf(Done.class);
        return outcome.done().orElseThrow().group().id();
    }

    @Test
    void aConfirmedGroupIsCreated() {
        Jid group = id(create());
        assertThat(service.groups).containsOnlyKeys(group);
        assertThat(service.told).containsExactly(group);
        assertThat(service.asked).containsExactly("create");
        assertThat(service.expected).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 406, 419, 429, 463, 500})
    void anErrorWithoutANewGroupIsARefusal(int code) {
        service.onCreate = (_, _) -> refused(code);
        assertThat(create()).isEqualTo(new Refused<>(Refusal.OTHER, code));
        assertThat(service.asked).containsExactly("create", "participating");
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 406, 419, 429, 463, 500})
    void anErrorAlthoughTheGroupWasMadeIsNoRefusal(int code) {
        service.onCreate = (subject, _) -> {
            service.found(subject);
            return refused(code);
        };
        assertThat(id(create())).isEqualTo(service.groups.keySet().iterator().next());
    }

    @Test
    void aMalformedRequestMadeNoGroup() {
        service.onCreate = (_, _) -> refused(400);
        assertThat(create()).isEqualTo(new Refused<>(Refusal.OTHER, 400));
        assertThat(service.asked).containsExactly("create");
    }

    private static Answer refused(int code) {
        return new Answer.Refused(code, "", Optional.empty());
    }

    /** The answer comes after three fifths of the time, when our groups have been looked at in vain. */
    @Test
    void aConfirmationHasAllTheTimeThereIs() {
        Consumer<Request> late = request ->
                service.whileWaiting = () -> service.whileWaiting = () -> request.complete(service.made("Team"));
        service.onSent = late;
        service.onCreate = (_, _) -> new Answer.Unanswered();
        assertThat(id(create())).isEqualTo(service.groups.keySet().iterator().next());
        assertThat(service.asked).containsExactly("create", "participating");
    }

    @Test
    void afterALostAnswerTheNewGroupOfOursIsFound() {
        service.found("Team");
        service.onCreate = (subject, _) -> {
            service.found(subject);
            return new Answer.Lost();
        };
        assertThat(service.groups).hasSize(1);
        Jid group = id(create());
        assertThat(List.copyOf(service.groups.keySet()).getLast()).isEqualTo(group);
        assertThat(service.asked).containsExactly("create", "participating");
    }

    @Test
    void afterALostAnswerACommunityIsFoundThatOthersHaveJoined() {
        service.community = true;
        service.onCreate = (subject, _) -> {
            service.found(subject);
            return new Answer.Lost();
        };
        GroupCreation creation = new GroupCreation(service, service, new SecureRandom());
        Outcome<CreatedGroup> made = creation.create(
                NewGroup.community("Town", ""),
                CreationMemory.NONE,
                service.clock.instant().plusSeconds(60));
        assertThat(service.groups).containsOnlyKeys(id(made));
    }

    @Test
    void theNotificationWithOurKeyTellsWhichOfTwo() {
        service.onCreate = (subject, key) -> {
            Jid ours = service.found(subject);
            service.found(subject);
            service.tell(key, ours);
            return new Answer.Unanswered();
        };
        assertThat(id(create())).isEqualTo(service.groups.keySet().iterator().next());
    }

    @Test
    void theNotificationEndsTheWaitAtOnce() {
        service.onCreate = (subject, key) -> {
            service.tell(key, service.found(subject));
            return new Answer.Unanswered();
        };
        assertThat(create().done()).map(CreatedGroup::missing).hasValue(List.of());
        assertThat(service.asked).containsExactly("create");
        assertThat(service.pauses).isEmpty();
    }

    @Test
    void oneOfTwoIsNotGuessed() {
        service.onCreate = (subject, _) -> {
            service.found(subject);
            service.found(subject);
            return new Answer.Lost();
        };
        assertThat(create()).isEqualTo(new Unknown<>(Silence.UNKNOWN));
    }

    /** The first list of groups has not come yet: nothing is known of what was there before. */
    @Test
    void aGroupThatIsOlderThanTheRequestIsNotTheNewOne() {
        service.hidden = true;
        service.found("Team");
        service.creation = service.clock.instant().minusSeconds(3600).getEpochSecond();
        service.onCreate = (_, _) -> new Answer.Lost();
        assertThat(create()).isEqualTo(new Unknown<>(Silence.UNKNOWN));
        service.creation = service.clock.instant().minusSeconds(1).getEpochSecond();
        assertThat(id(create())).as("clocks are not that exact").isNotNull();
    }

    /** Two ask for a group of one name at the same time. The answer to one gets lost, and nobody has told whose the group is. */
    @Test
    void ofTwoOfOneNameOnlyTheKeyTellsWhichIsWhose() {
        GroupCreation creation = new GroupCreation(service, service, new SecureRandom());
        Instant deadline = service.clock.instant().plusSeconds(60);
        List<Outcome<CreatedGroup>> other = new ArrayList<>();
        FakeCreations.Maker well = service.onCreate;
        service.onCreate = (_, _) -> {
            service.onCreate = well;
            other.add(creation.create(TEAM, CreationMemory.NONE, deadline));
            return new Answer.Lost();
        };
        assertThat(creation.create(TEAM, CreationMemory.NONE, deadline)).isEqualTo(new Unknown<>(Silence.UNKNOWN));
        assertThat(other).singleElement().isInstanceOf(Done.class);
        service.onCreate = (subject, key) -> {
            service.onCreate = well;
            other.add(creation.create(TEAM, CreationMemory.NONE, deadline));
            service.tell(key, service.found(subject));
            return new Answer.Lost();
        };
        assertThat(id(creation.create(TEAM, CreationMemory.NONE, deadline))).isNotEqualTo(id(other.getLast()));
    }

    @Test
    void aServerErrorWithoutAGroupIsARefusal() {
        service.onCreate = (_, _) -> new Answer.Refused(500, "internal-server-error", Optional.empty());
        assertThat(create()).isEqualTo(new Refused<>(Refusal.OTHER, 500));
        assertThat(service.asked).containsExactly("create", "participating");
    }

    @Test
    void whatWasNotSentIsNotLookedFor() {
        service.willSend = false;
        service.onCreate = (_, _) -> new Answer.NotSent();
        assertThat(create()).isEqualTo(new Unknown<>(Silence.NOT_SENT));
        service.onCreate = (_, _) -> new Answer.NotLinked();
        assertThat(create()).isEqualTo(new Unknown<>(Silence.NOT_LINKED));
        assertThat(service.asked).isEmpty();
    }

    @Test
    void whatCanNotBeLookedForIsUnknown() {
        service.onCreate = (_, _) -> new Answer.Lost();
        service.onList = new Answer.Unanswered();
        assertThat(create()).isEqualTo(new Unknown<>(Silence.UNKNOWN));
    }

    /** A group that is told of is there, is ours and is new; the request goes out once. */
    @Test
    void neverTellsOfAGroupThatIsNotTheNewOne() {
        Random random = new Random(20261126);
        for (int i = 0; i < 20_000; i++) {
            service = new FakeCreations();
            for (int n = random.nextInt(3); n > 0; n--) {
                service.found(random.nextBoolean() ? "Team" : "Crew");
            }
            Set<Jid> before = Set.copyOf(service.groups.keySet());
            boolean made = random.nextBoolean();
            boolean told = random.nextBoolean();
            int answer = random.nextInt(5);
            service.onCreate = (subject, key) -> {
                if (made) {
                    Jid group = service.found(subject);
                    if (told) {
                        service.tell(key, group);
                    }
                }
                return switch (answer) {
                    case 0 -> new Answer.Lost();
                    case 1 -> new Answer.Unanswered();
                    case 2 -> new Answer.Refused(503, "", Optional.empty());
                    case 3 ->
                        Answer.of(Node.element("iq").attribute("type", "result").build());
                    default ->
                        Answer.of(Node.element("iq")
                                .attribute("type", "result")
                                .child(Node.empty("group"))
                                .build());
                };
            };
            if (random.nextInt(4) == 0) {
                service.onList = List.of(
                                new Answer.Unanswered(),
                                new Answer.NotSent(),
                                new Answer.Refused(429, "", Optional.empty()),
                                Answer.of(Node.empty("iq")))
                        .get(random.nextInt(4));
            }
            switch (create()) {
                case Done<CreatedGroup>(CreatedGroup created) -> {
                    assertThat(made).isTrue();
                    assertThat(before).doesNotContain(created.group().id());
                }
                case Refused<CreatedGroup> refused -> assertThat(made).isFalse();
                case Unknown<CreatedGroup> silence -> assertThat(silence.why()).isEqualTo(Silence.UNKNOWN);
            }
            assertThat(service.asked).containsOnlyOnce("create");
            assertThat(service.expected).isEmpty();
        }
    }
}
