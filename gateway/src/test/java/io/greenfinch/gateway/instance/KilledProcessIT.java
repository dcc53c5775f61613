package io.greenfinch.gateway.instance;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.client.store.StateKind;
import io.greenfinch.client.time.ScheduledTimers;
import io.greenfinch.gateway.store.DataFolder;
import io.greenfinch.gateway.store.Database;
import io.greenfinch.gateway.store.DatabaseSessionStore;
import io.greenfinch.gateway.store.MasterKey;
import io.greenfinch.gateway.store.SqliteDatabase;
import io.greenfinch.gateway.store.StateHistoryTable;
import io.greenfinch.gateway.store.StateHistoryTable.Entry;
import io.greenfinch.gateway.store.Vault;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Killed anywhere, a process leaves a session's state and the instance's history that tell the same. */
@Timeout(120)
class KilledProcessIT {

    private static final long INSTANCE = 1_101_000_001L;
    private static final int KILLS = 4;

    @TempDir
    private Path data;

    @Test
    void historySaysAuthorizedExactlyWhileThereAreCredentials() throws IOException, InterruptedException {
        Random random = new Random(20261128);
        for (int kill = 0; kill < KILLS; kill++) {
            killedAfter(30 + random.nextInt(60));
            assertAgreement();
        }
    }

    private void killedAfter(int units) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        EndlessLinking.class.getName(),
                        data.toString(),
                        Long.toString(INSTANCE))
                .redirectErrorStream(true)
                .start();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (int stored = 0; stored < units; ) {
                String line = lines.readLine();
                assertThat(line).as("the process lives").isNotNull();
                stored += line.equals("stored") ? 1 : 0;
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private void assertAgreement() {
        SecureRandom random = new SecureRandom();
        Clock clock = Clock.systemUTC();
        try (DataFolder folder = DataFolder.open(data);
                ScheduledTimers timers = new ScheduledTimers(clock)) {
            Vault vault = new Vault(MasterKey.ofFolder(folder, random), random);
            try (Database database = SqliteDatabase.open(folder, vault, clock, timers)) {
                List<Entry> history = new StateHistoryTable(database, vault).newest(INSTANCE, 100);
                boolean linked = new DatabaseSessionStore(database, vault)
                        .find(INSTANCE, StateKind.CREDENTIALS, "self")
                        .isPresent();
                assertThat(history.getFirst().state()).isEqualTo(linked ? "authorized" : "notAuthorized");
                for (int i = 1; i < history.size(); i++) {
                    assertThat(history.get(i).state())
                            .as("each change once")
                            .isNotEqualTo(history.get(i - 1).state());
                }
                assertThat(history).extracting(Entry::phone).containsOnly("15550001001");
            }
        }
    }
}
