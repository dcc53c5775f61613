package io.greenfinch.client;

import java.util.Arrays;

/**
 * What a passkey has signed: the answer of a browser, on WhatsApp's own page, to the demand of {@link PairingCode.PasskeyRequired}
 * (specification §8). {@link #toString()} does not show it.
 *
 * @param credentialId the passkey's raw id
 * @param json all of it, in the form of WebAuthn's {@code PublicKeyCredential.toJSON()}
 */
public record PasskeyAssertion(byte[] credentialId, String json) {

    @Override
    public boolean equals(Object other) {
        return other instanceof PasskeyAssertion(byte[] id, String text)
                && Arrays.equals(credentialId, id)
                && json.equals(text);
    }

    @Override
    public int hashCode() {
        return json.hashCode();
    }

    @Override
    public String toString() {
        return "PasskeyAssertion[hidden]";
    }
}
