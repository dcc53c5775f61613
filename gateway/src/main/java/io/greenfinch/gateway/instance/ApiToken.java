package io.greenfinch.gateway.instance;

import java.security.SecureRandom;
import java.util.HexFormat;

/** An instance's key to its methods: 50 lower-case hexadecimal digits. {@link #toString} hides it. */
public record ApiToken(String text) {

    private static final int BYTES = 25;

    static ApiToken generate(SecureRandom random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return new ApiToken(HexFormat.of().formatHex(bytes));
    }

    @Override
    public String toString() {
        return "ApiToken[hidden]";
    }
}
