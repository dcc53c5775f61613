package io.greenfinch.simulator.admin;

import io.greenfinch.simulator.phone.Camera;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The code that a phone is held in front of: its text, the picture of it, that picture in base64, or the whole answer of
 * GREEN-API's {@code qr}, which has the picture in its {@code message}.
 */
final class ShownCode {

    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G'};

    /** How each PNG begins in base64. */
    private static final Pattern BASE64_PNG =
            Pattern.compile("(?:^|\"message\"\\s*:\\s*\")\\s*(iVBORw0KGgo[A-Za-z0-9+/=\\s]*)");

    private ShownCode() {}

    /** The text of the code in the body. */
    static String text(AdminRequest request) {
        if (isPng(request.bytes())) {
            return read(request.bytes());
        }
        Matcher coded = BASE64_PNG.matcher(request.body());
        return coded.find() ? read(Base64.getMimeDecoder().decode(coded.group(1))) : request.body();
    }

    private static String read(byte[] picture) {
        return Camera.read(picture).orElseThrow(() -> BadInput.malformed("there is no QR code in this picture"));
    }

    private static boolean isPng(byte[] body) {
        return body.length > PNG.length && Arrays.equals(body, 0, PNG.length, PNG, 0, PNG.length);
    }
}
