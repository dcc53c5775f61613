package io.greenfinch.client.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.greenfinch.client.stanza.Answer;
import io.greenfinch.client.stanza.Exchange;
import io.greenfinch.client.stanza.Outcome;
import io.greenfinch.client.stanza.Outcome.Refused;
import io.greenfinch.client.stanza.Outcome.Unknown;
import io.greenfinch.client.stanza.Silence;
import io.greenfinch.client.store.StoreException;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A wish to create a group that is repeated after nobody learnt what became of it, by this process or the next. */
final class GroupCreationMemoryTest {

    private static final Jid BOB = FakeCreations.BOB;
    private static final Jid CAROL = Jid.pn("15550001003");

    private final FakeCreations service = new FakeCreations();
    private final FakeMemory memory = new FakeMemory();
    private GroupCreation creation = new GroupCreation(service, service, new SecureRandom());

    private static final class FakeMemory implements CreationMemory {
        private @Nullable Intent intent;
        private final Set<Jid> answered = new HashSet<>();
        private boolean broken;

        @Override
        public boolean remembers() {
            return true;
        }

        @Override
        public Optional<Intent> open() {
            return Optional.ofNullable(intent);
        }

        @Override
        public Set<Jid> answered() {
            return Set.copyOf(answered);
        }

        @Override
        public void begin(Intent begun) {
            if (broken) {
                throw new StoreException("full");
            }
            intent = begun;
        }

        @Override
        public void forget() {
            intent = null;
        }
    }

    private Outcome<CreatedGroup> create() {
        return creation.create(
                NewGroup.of("Team", List.of(BOB)),
                memory,
                service.clock.instant().plusSeconds(25));
    }

    private Jid created() {
        return create().done().orElseThrow().group().id();
    }

    /** The process is killed when WhatsApp has, or has not, carried out the request. */
    private void killed(boolean made) {
        FakeCreations.Maker well = service.onCreate;
        service.onCreate = (subject, _) -> {
            if (made) {
                service.found(subject);
            }
            throw new IllegalStateException("killed");
        };
        assertThatThrownBy(this::create).hasMessage("killed");
        service.onCreate = well;
        service.asked.clear();
        restart();
    }

    private void restart() {
        creation = new GroupCreation(service, service, new SecureRandom());
    }

    @Test
    void theNextProcessFindsTheGroupInsteadOfMakingASecond() {
        killed(true);
        assertThat(created()).isEqualTo(service.groups.keySet().iterator().next());
        assertThat(service.asked).containsExactly("participating");
        assertThat(service.groups).hasSize(1);
    }

    @Test
    void aRequestThatWasNeverCarriedOutIsMadeByTheNextProcess() {
        service.found("Team");
        killed(false);
        assertThat(created()).isEqualTo(List.copyOf(service.groups.keySet()).getLast());
        assertThat(service.asked).containsExactly("participating", "create");
        assertThat(service.groups).as("the older one of that name is another").hasSize(2);
    }

    @Test
    void whileAServerMayOnlyBeLateThisProcessMakesNoSecond() {
        service.onCreate = (_, _) -> new Answer.Unanswered();
        assertThat(create()).isEqualTo(new Unknown<>(Silence.UNKNOWN));
        service.asked.clear();
        service.onCreate = new FakeCreations().onCreate;
        assertThat(create()).isEqualTo(new Unknown<>(Silence.UNKNOWN));
        assertThat(service.asked).containsExactly("participating");

        Jid late = service.found("Team");
        assertThat(created()).isEqualTo(late);
        service.groups.clear();
        service.clock.advance(Duration.ofSeconds(60));
        assertThat(create()).isInstanceOf(Outcome.Done.class);
    }

    @Test
    void whatCanNotBeLookedForIsUnknownAndNothingIsSent() {
        killed(true);
        service.onList = new Answer.Refused(503, "", Optional.empty());
        assertThat(create()).isEqualTo(new Unknown<>(Silence.UNKNOWN));
        assertThat(service.asked).doesNotContain("create");
    }

    @Test
    void groupsOfOtherTimesNamesPeopleOrWishesAreNotTheOne() {
        killed(true);
        Jid ours = service.groups.keySet().iterator().next();
        service.found("Crew");
        memory.answered.add(service.found("Team"));
        assertThat(created()).isEqualTo(ours);

        memory.answered.add(ours);
        memory.answered.remove(List.copyOf(service.groups.keySet()).getLast());
        assertThat(created()).as("two wishes get one each").isNotEqualTo(ours);

        Instant at = memory.open().orElseThrow().at();
        service.creation = at.minusSeconds(60).getEpochSecond();
        assertThat(search(List.of(BOB))).isEmpty();
        service.creation = at.plusSeconds(600).getEpochSecond();
        assertThat(search(List.of(BOB))).isEmpty();
        service.creation = at.plusSeconds(1).getEpochSecond();
        assertThat(search(List.of(CAROL))).isEmpty();
        assertThat(search(List.of(BOB))).isPresent();
    }

    private Optional<KnownGroup> search(List<Jid> people) {
        return Exchange.ask(
                        service,
                        GroupStanzas.participating(),
                        CreationSearch.of(memory.open().orElseThrow(), Set.of(), NewGroup.of("Team", people), service),
                        service.clock.instant().plusSeconds(25))
                .done()
                .orElseThrow();
    }

    @Test
    void aRefusalIsForgottenAndSoIsWhatWasNotSent() {
        service.onCreate = (_, _) -> new Answer.Refused(400, "bad-request", Optional.empty());
        assertThat(create()).isInstanceOf(Refused.class);
        assertThat(memory.open()).isEmpty();
        service.willSend = false;
        service.onCreate = (_, _) -> new Answer.NotLinked();
        assertThat(create()).isEqualTo(new Unknown<>(Silence.NOT_LINKED));
        assertThat(memory.open()).isEmpty();
    }

    @Test
    void whatCanNotBeRememberedIsNotSent() {
        memory.broken = true;
        assertThatThrownBy(this::create).isInstanceOf(StoreException.class);
        assertThat(service.asked).isEmpty();
        assertThat(service.expected).isEmpty();
    }

    @Test
    void anEmptyResultIsNoList() {
        killed(true);
        service.onList = Answer.of(Node.empty("iq"));
        assertThat(create()).isEqualTo(new Unknown<>(Silence.UNKNOWN));
    }
}
