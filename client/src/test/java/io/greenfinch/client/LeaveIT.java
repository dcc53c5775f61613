package io.greenfinch.client;

import static io.greenfinch.client.SessionFixture.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.client.group.LeaveOutcome;
import io.greenfinch.client.group.LeaveOutcome.Left;
import io.greenfinch.client.group.LeaveOutcome.NotLeft;
import io.greenfinch.client.group.LeaveOutcome.Refusal;
import io.greenfinch.protocol.binary.Jid;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class LeaveIT {

    private SessionFixture fixture;
    private FakeGroups groups;

    @BeforeEach
    void begin() {
        fixture = new SessionFixture();
        groups = new FakeGroups(fixture.server);
    }

    @AfterEach
    void end() {
        fixture.close();
    }

    @Test
    void aMemberLeaves() {
        Jid group = groups.add("member");
        linkWithGroups();

        assertThat(leave(group)).isEqualTo(new Left(false, false));
        assertThat(fixture.session().cachedGroup(group)).isEmpty();
    }

    @Test
    void anAdministratorLeaves() {
        Jid admin = groups.add("admin");
        Jid owner = groups.add("superadmin");
        linkWithGroups();

        assertThat(leave(admin)).isEqualTo(new Left(true, false));
        assertThat(leave(owner)).isEqualTo(new Left(true, false));
    }

    @Test
    void aSecondLeaveIsNoMembership() {
        Jid group = groups.add("member");
        linkWithGroups();
        leave(group);
        fixture.session().answered(List.of(group), true);

        assertThat(leave(group)).isEqualTo(new NotLeft(Refusal.NOT_A_MEMBER));
    }

    private void linkWithGroups() {
        fixture.linked();
        until(() -> fixture.sink.units.stream()
                .flatMap(List::stream)
                .anyMatch(change -> change.toString().startsWith("Clear[kind=GROUP]")));
        until(() -> groups.ids().stream()
                .allMatch(group -> fixture.session().cachedGroup(group).isPresent()));
    }

    private LeaveOutcome leave(Jid group) {
        return fixture.session().leave(List.of(group), fixture.soon()).getFirst();
    }
}
