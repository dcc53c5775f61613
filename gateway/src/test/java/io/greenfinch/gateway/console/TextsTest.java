package io.greenfinch.gateway.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.client.DisconnectCause;
import io.greenfinch.gateway.instance.InstanceState;
import io.greenfinch.gateway.instance.Setting;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TextsTest {

    @Test
    void bothLanguagesSayTheSameThings() {
        assertThat(keys("ru")).isEqualTo(keys("en"));
    }

    private static Set<String> keys(String language) {
        return ResourceBundle.getBundle(
                        "io.greenfinch.gateway.console.console",
                        Locale.of(language),
                        ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES))
                .keySet();
    }

    @ParameterizedTest
    @EnumSource
    void everyStateCauseAndSettingHasWords(Language language) {
        Texts texts = new Texts(language);
        for (InstanceState state : InstanceState.values()) {
            assertThat(texts.get("state." + state.wire())).doesNotStartWith("state.");
        }
        for (DisconnectCause cause : DisconnectCause.values()) {
            assertThat(texts.get("cause." + cause.word())).doesNotStartWith("cause.");
        }
        for (Setting setting : Setting.ALL) {
            if (setting.kind() != Setting.Kind.FIXED && setting.kind() != Setting.Kind.WITHOUT_EFFECT) {
                assertThat(texts.get("setting." + setting.name())).doesNotStartWith("setting.");
            }
        }
    }

    @Test
    void numbersAreWrittenAsTheyAre() {
        for (Language language : Language.values()) {
            assertThat(new Texts(language).get("duration.days", 12_345)).startsWith("12345 ");
        }
    }
}
