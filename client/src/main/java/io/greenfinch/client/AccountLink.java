package io.greenfinch.client;

import java.time.Instant;
import java.util.Optional;

/**
 * The link between an account and this companion. Methods as in {@link Session}.
 */
public interface AccountLink {

    /** Connects when the account is linked, and stays connected; does nothing when it is not. */
    void start();

    /** What is true now. */
    SessionStatus status();

    /**
     * The QR code to show now. Connects without credentials when that has not been done yet; the attempt ends by itself
     * when its codes are used up and nobody asked for one in the last minute.
     */
    PairingCode pairingCode(Instant deadline);

    /**
     * The same for somebody who shows a code already: waits until there is another one, or the session is linked. At the
     * deadline {@link PairingCode.Unavailable}.
     */
    PairingCode nextPairingCode(PairingCode.Code shown, Instant deadline);

    /**
     * A new code to type on the phone of an account (specification §8); an earlier one is void. Connects like
     * {@link #pairingCode}, and beside it: the account can be linked by either.
     *
     * @param number the account's phone number, 7 to 15 digits with country code
     * @throws IllegalArgumentException when it is none
     */
    PhoneCode phoneCode(String number, Instant deadline);

    /**
     * What WhatsApp demands to be signed by a passkey, empty when it demands nothing. Only looks: begins no attempt. Waits while it is
     * not known; at the deadline without options.
     */
    Optional<PairingCode.PasskeyRequired> demandedPasskey(Instant deadline);

    /**
     * Passes on what a passkey has signed. An earlier answer is void, but the same one again waits for the same code. Waits until the
     * phone shows a code, which its owner compares.
     */
    PasskeyStep answerPasskey(PasskeyAssertion assertion, Instant deadline);

    /** Tells the phone what it needs to take this companion in: {@link PasskeyStep.Code} was the same on both sides. */
    PasskeyStep confirmPasskey(Instant deadline);

    /**
     * Unlinks this companion at the server. Credentials are deleted only when the server confirmed. Where nobody is linked, an
     * attempt to link somebody is given up.
     */
    LogoutOutcome logout(Instant deadline);

    /** Drops the connection and makes a new one at once; while not linked, gives up an attempt to link somebody. */
    void reconnect();
}
