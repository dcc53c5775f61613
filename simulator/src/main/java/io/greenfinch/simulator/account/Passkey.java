package io.greenfinch.simulator.account;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Somebody's passkey for WhatsApp, with what a browser on WhatsApp's page makes of it, and what the service checks of that (WebAuthn
 * Level 3, §5.8 and §7.2). Immutable and thread-safe.
 */
public final class Passkey {

    /** Whose passkeys these are. */
    public static final String RELYING_PARTY = "whatsapp.com";

    private static final String ORIGIN = "https://web.whatsapp.com";
    private static final String TYPE = "webauthn.get";
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int ID_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final int AUTHENTICATOR_BYTES = HASH_BYTES + 1 + Integer.BYTES;
    /** Somebody was there, and has proved who they are. */
    private static final byte PRESENT_AND_VERIFIED = 0x05;

    private final byte[] id = new byte[ID_BYTES];
    private final KeyPair keys;

    Passkey(SecureRandom random) {
        random.nextBytes(id);
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), random);
            keys = generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK lacks P-256", e);
        }
    }

    /** By which it is known, base64url. */
    public String id() {
        return base64(id);
    }

    /** What the browser answers, in the form of {@code PublicKeyCredential.toJSON()}. */
    public Map<String, Object> sign(String challenge) {
        byte[] client = JSON.writeValueAsBytes(JSON.createObjectNode()
                .put("type", TYPE)
                .put("challenge", challenge)
                .put("origin", ORIGIN));
        byte[] authenticator = ByteBuffer.allocate(AUTHENTICATOR_BYTES)
                .put(sha256(RELYING_PARTY.getBytes(StandardCharsets.US_ASCII)))
                .put(PRESENT_AND_VERIFIED)
                .putInt(0)
                .array();
        try {
            Signature signature = signature();
            signature.initSign(keys.getPrivate());
            signature.update(authenticator);
            signature.update(sha256(client));
            return Map.of(
                    "id",
                    id(),
                    "rawId",
                    id(),
                    "type",
                    "public-key",
                    "response",
                    Map.of(
                            "clientDataJSON",
                            base64(client),
                            "authenticatorData",
                            base64(authenticator),
                            "signature",
                            base64(signature.sign())));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a P-256 key can't sign", e);
        }
    }

    /**
     * Whether this passkey has signed the challenge, on WhatsApp's page, with somebody there who has proved who they are.
     *
     * @param credential the raw id that came with it
     * @param assertion what the browser answered
     */
    public boolean signed(String challenge, byte[] credential, String assertion) {
        try {
            JsonNode answer = JSON.readTree(assertion);
            byte[] client = bytes(answer.path("response").path("clientDataJSON"));
            byte[] authenticator = bytes(answer.path("response").path("authenticatorData"));
            JsonNode said = JSON.readTree(client);
            if (!Arrays.equals(credential, id)
                    || !answer.path("rawId").asString("").equals(id())
                    || !said.path("type").asString("").equals(TYPE)
                    || !said.path("challenge").asString("").equals(challenge)
                    || !said.path("origin").asString("").equals(ORIGIN)
                    || authenticator.length < AUTHENTICATOR_BYTES
                    || !Arrays.equals(
                            Arrays.copyOf(authenticator, HASH_BYTES),
                            sha256(RELYING_PARTY.getBytes(StandardCharsets.US_ASCII)))
                    || (authenticator[HASH_BYTES] & PRESENT_AND_VERIFIED) != PRESENT_AND_VERIFIED) {
                return false;
            }
            Signature signature = signature();
            signature.initVerify(keys.getPublic());
            signature.update(authenticator);
            signature.update(sha256(client));
            return signature.verify(bytes(answer.path("response").path("signature")));
        } catch (JacksonException | IllegalArgumentException | GeneralSecurityException e) {
            return false; // whatever is wrong with it, it is no answer
        }
    }

    private static Signature signature() throws GeneralSecurityException {
        return Signature.getInstance("SHA256withECDSA");
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK lacks SHA-256", e);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static byte[] bytes(JsonNode text) {
        return Base64.getUrlDecoder().decode(text.asString(""));
    }

    @Override
    public String toString() {
        return "Passkey[hidden]";
    }
}
