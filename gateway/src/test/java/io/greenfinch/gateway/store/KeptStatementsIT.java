package io.greenfinch.gateway.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.greenfinch.client.store.StoreException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A statement that is used again is as good as a new one. */
class KeptStatementsIT {

    private static final String INSERT = "INSERT INTO quota_use (instance, method, month, used) VALUES (?, ?, ?, ?)";
    private static final String ALL = "SELECT method FROM quota_use WHERE instance = ? ORDER BY method";

    @TempDir
    private Path data;

    private OpenData open;

    @BeforeEach
    void open() {
        open = OpenData.at(data);
    }

    @AfterEach
    void close() {
        open.close();
    }

    @Test
    void eachUseSeesWhatWasCommittedBefore() {
        for (int i = 0; i < 20; i++) {
            assertThat(open.database().read(KeptStatementsIT::methods)).hasSize(i);
            add("m" + (char) ('a' + i));
        }
    }

    @Test
    void oneThatHasFailedWorksTheNextTime() {
        add("a");
        for (int i = 0; i < 3; i++) {
            assertThatExceptionOfType(StoreException.class).isThrownBy(() -> add("a"));
        }
        add("b");
        assertThat(open.database().read(KeptStatementsIT::methods)).containsExactly("a", "b");
    }

    @Test
    void oneThatIsInUseIsNotGivenOutAgain() {
        add("a");
        add("b");
        List<String> pairs = open.database().read(handle -> {
            List<String> seen = new ArrayList<>();
            handle.list(
                    ALL,
                    outer -> {
                        String first = outer.getString(1);
                        methods(handle).forEach(second -> seen.add(first + second));
                        return first;
                    },
                    1);
            return seen;
        });
        assertThat(pairs).containsExactly("aa", "ab", "ba", "bb");
    }

    private void add(String method) {
        open.database().writeNow(handle -> handle.execute(INSERT, 1, method, 202_611, 1));
    }

    private static List<String> methods(Handle handle) {
        return handle.list(ALL, RowReader.TEXT, 1);
    }
}
