package io.greenfinch.gateway.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.greenfinch.client.store.LeaveIntents.Intent;
import io.greenfinch.client.store.StoreException;
import io.greenfinch.protocol.binary.Jid;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class LeaveRecordTest {

    private static final Jid GROUP = Jid.group("15550001001-1795400000");

    @Test
    void everyRecordReadsBackFromItsLine() {
        Instant at = Instant.ofEpochMilli(1_795_420_800_123L);
        for (LeaveRecord record : List.of(
                new LeaveRecord.Opened(1, new Intent(GROUP, true, at)),
                new LeaveRecord.Opened(Long.MAX_VALUE / 10, new Intent(Jid.group("a b ключ"), false, at)),
                new LeaveRecord.Forgotten(7, GROUP),
                new LeaveRecord.AllForgotten(7))) {
            String line = new String(record.line(), StandardCharsets.UTF_8);
            assertThat(line).endsWith("\n");
            assertThat(LeaveRecord.parse(line.strip())).hasValue(record);
        }
    }

    @Test
    void aLineBreakInANameIsRefused() {
        LeaveRecord record = new LeaveRecord.Forgotten(7, Jid.group("a\nb"));
        assertThatThrownBy(record::line).isInstanceOf(StoreException.class);
    }

    @FuzzTest
    void anyLineIsARecordOrNone(FuzzedDataProvider data) {
        String line = data.consumeRemainingAsString();
        LeaveRecord.parse(line)
                .ifPresent(record -> assertThat(new String(record.line(), StandardCharsets.UTF_8))
                        .isEqualTo(line + "\n"));
    }
}
