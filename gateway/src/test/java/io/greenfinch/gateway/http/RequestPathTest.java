package io.greenfinch.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.greenfinch.gateway.http.RequestPath.OfInstance;
import io.greenfinch.gateway.http.RequestPath.OfPartner;
import io.greenfinch.gateway.http.RequestPath.Other;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestPathTest {

    private static final String TOKEN = "d75b3a66374942c5b3c019c698abc2067e151558acbd451234";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/waInstance1101000001/leaveGroup/" + TOKEN,
                "//waInstance1101000001//LeaveGroup///" + TOKEN + "//",
                "/WAINSTANCE1101000001/LEAVEGROUP/" + TOKEN,
                "/wa%49nstance1101000001/leave%47roup/" + TOKEN
            })
    void readsTheCallOfAMethodHoweverItIsWritten(String raw) {
        assertThat(RequestPath.parse(raw)).isInstanceOfSatisfying(OfInstance.class, path -> {
            assertThat(path.id()).isEqualTo(OptionalLong.of(1_101_000_001L));
            assertThat(path.method()).isEqualTo("leavegroup");
            assertThat(path.token()).isEqualTo(TOKEN);
            assertThat(path.extra()).isEmpty();
            assertThat(path.masked().toLowerCase(Locale.ROOT)).isEqualTo("/wainstance1101000001/leavegroup/***");
        });
    }

    @Test
    void readsWhatFollowsTheToken() {
        assertThat(RequestPath.parse("/waInstance1/deleteNotification/" + TOKEN + "/1234567"))
                .isInstanceOfSatisfying(OfInstance.class, path -> {
                    assertThat(path.extra()).isEqualTo(Optional.of("1234567"));
                    assertThat(path.masked()).isEqualTo("/waInstance1/deleteNotification/***/1234567");
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "", "1e5", "-1", "12345678901234567890", "١٢", "0x10"})
    void aNumberThatIsNoneIsNoInstance(String id) {
        assertThat(RequestPath.parse("/waInstance" + id + "/qr/" + TOKEN))
                .isInstanceOfSatisfying(
                        OfInstance.class, path -> assertThat(path.id()).isEmpty());
    }

    @Test
    void readsAPartnersCall() {
        assertThat(RequestPath.parse("/partner/createInstance/secret"))
                .isEqualTo(new OfPartner("/partner/createInstance/***", "createinstance", "secret"));
    }

    @Test
    void otherPathsAreJustSegments() {
        assertThat(RequestPath.parse("/Health/live/")).isEqualTo(new Other("/Health/live", List.of("health", "live")));
        assertThat(RequestPath.parse("/")).isEqualTo(new Other("/", List.of()));
    }

    @ParameterizedTest
    @CsvSource({
        "/waInstance1101000001/T, /waInstance1101000001/***",
        "/waInstance1101000001/T/leaveGroup, /waInstance1101000001/***/***",
        "/T/waInstance1/leaveGroup, /***/waInstance1/leaveGroup",
        "/leaveGroup/T, /leaveGroup/***",
        "/waInstance1/a/b/T/c/T, /waInstance1/a/***/***/c/***",
        "/waInstanceT/a/b, /***/a/***",
        "/partner/T, /partner/***",
        "/partner/secret, /partner/***",
        "/partner/getInstances/secret, /partner/getInstances/***"
    })
    void aTokenIsHiddenWhereverItStands(String raw, String masked) {
        assertThat(RequestPath.parse(raw.replace("T", TOKEN)).masked()).isEqualTo(masked.replace("T", TOKEN));
    }

    @Test
    void noTokenIsEverShown() {
        Random random = new Random(1);
        String[] parts = {TOKEN, "waInstance1", "leaveGroup", "partner", "", "%2F", "%", "..", "1", "a b"};
        for (int round = 0; round < 20_000; round++) {
            StringBuilder raw = new StringBuilder();
            for (int i = random.nextInt(7); i >= 0; i--) {
                raw.append('/').append(parts[random.nextInt(parts.length)]);
            }
            RequestPath path = RequestPath.parse(raw.toString());
            assertThat(path.masked()).as(raw.toString()).doesNotContain(TOKEN);
            assertThat(path.toString()).as(raw.toString()).doesNotContain(TOKEN);
        }
    }

    @FuzzTest
    void anyTextIsAPathAndShowsNothingLong(FuzzedDataProvider data) {
        RequestPath path = RequestPath.parse(data.consumeRemainingAsString());
        assertThat(path.masked()).startsWith("/");
        for (String segment : path.masked().split("/")) {
            assertThat(segment.length()).isLessThanOrEqualTo(32);
        }
    }
}
