package io.greenfinch.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** One order of changes for everybody, however many happen at once (specification §27.3). */
class OrderIT {

    private static final int PEOPLE = 8;
    private static final int CHANGES = 40;

    @Test
    void everybodySeesTheSameChangesInTheSameOrder() {
        try (Simulator simulator = Simulator.start(SimulatorSettings.defaults())) {
            TestAdmin admin = new TestAdmin(simulator.adminUrl());
            List<TestSocket> sockets = new ArrayList<>();
            String[] names = new String[PEOPLE];
            for (int i = 0; i < PEOPLE; i++) {
                names[i] = "Person" + i;
                sockets.add(new TestCompanion(simulator).pair(admin, names[i]).logIn());
            }
            admin.person("Olga");
            Jid group = Jid.parse(admin.group("Team", "Olga", "lid", names)).orElseThrow();
            try (ExecutorService together = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int i = 0; i < PEOPLE; i++) {
                    TestSocket socket = sockets.get(i);
                    String name = names[i];
                    together.execute(() -> {
                        for (int n = 0; n < CHANGES; n++) {
                            socket.request(group, "set", "w:g2", Node.text("subject", name + " " + n));
                        }
                    });
                }
            }
            admin.act(group.toString(), "Olga", "subject", ",\"text\":\"The end\"");
            List<List<String>> seen = new ArrayList<>();
            for (TestSocket socket : sockets) {
                seen.add(subjects(socket));
            }
            assertThat(seen.getFirst()).hasSize(PEOPLE * CHANGES).doesNotHaveDuplicates();
            assertThat(seen).allSatisfy(subjects -> assertThat(subjects).isEqualTo(seen.getFirst()));
        }
    }

    private static List<String> subjects(TestSocket socket) {
        List<String> subjects = new ArrayList<>();
        while (true) {
            String subject = socket.notice("subject")
                    .child("subject")
                    .flatMap(node -> node.attribute("subject"))
                    .orElseThrow();
            if (subject.equals("The end")) {
                return subjects;
            }
            subjects.add(subject);
        }
    }
}
