package io.greenfinch.protocol.binary;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.protocol.Hex;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The tables against the digests of specification §5.3. */
class TokensTest {

    @Test
    void theSingleByteTableIsTheOneOfDictionaryVersion3() throws Exception {
        assertThat(Tokens.singleTable()).hasSize(235);
        assertThat(digest(Tokens.singleTable()))
                .isEqualTo("2ec850d399a28112e4b4165ae4d68962f58b0aa6766de1622d4caef1a2e6b8b5");
        assertThat(Tokens.single(0)).isNull();
        assertThat(Tokens.single(1)).isEqualTo("xmlstreamstart");
        assertThat(Tokens.single(3)).isEqualTo("s.whatsapp.net");
        assertThat(Tokens.single(235)).isNotNull();
        assertThat(Tokens.single(236)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "0, c19c763b07f7684fc58490eb838873edeec498d59bf4d56bbb33d8e7af4cb112",
        "1, e8894a798e1d92bc5f5f5cd1c2ffeef43a5c03acb1775b34d121ffe0a19b8f6a",
        "2, 8f4081781e324d9ab95574b01ff37a44753403cebd0d1feeeb985661cc86cae8",
        "3, 8e397aec42a6a503621910cf3d7a8f9e287e94192031265b6e55519e0e19fadc"
    })
    void theDictionariesAreThoseOfVersion3(int number, String digest) throws Exception {
        assertThat(Tokens.dictionary(number)).hasSize(Tokens.DICTIONARY_SIZE);
        assertThat(digest(Tokens.dictionary(number))).isEqualTo(digest);
    }

    @Test
    void everyTokenHasACodeThatReadsAsThatToken() {
        for (String token : Tokens.singleTable()) {
            assertThat(Tokens.single(Tokens.code(token))).isEqualTo(token);
        }
        for (int number = 0; number < Tokens.DICTIONARIES; number++) {
            for (String token : Tokens.dictionary(number)) {
                int code = Tokens.code(token);
                String read = code < 256
                        ? Tokens.single(code)
                        : Tokens.ofDictionary((code - 256) / Tokens.DICTIONARY_SIZE, code % Tokens.DICTIONARY_SIZE);
                assertThat(read).isEqualTo(token);
            }
        }
        assertThat(Tokens.code("no such token")).isEqualTo(-1);
    }

    private static String digest(List<String> tokens) throws NoSuchAlgorithmException {
        byte[] joined = String.join("\n", tokens).getBytes(StandardCharsets.UTF_8);
        return Hex.text(MessageDigest.getInstance("SHA-256").digest(joined));
    }
}
