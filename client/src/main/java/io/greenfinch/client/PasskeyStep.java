package io.greenfinch.client;

/** How far linking by a passkey has come (specification §8). */
public sealed interface PasskeyStep {

    /**
     * WhatsApp took the answer, and the phone shows a code: who sees both confirms that it is the same.
     *
     * @param characters eight of them
     * @param proven whether we have proved that it was our code that the phone has seen: then nobody has to compare
     */
    record Code(String characters, boolean proven) implements PasskeyStep {
        @Override
        public String toString() {
            return "Code[proven=" + proven + "]";
        }
    }

    /** The phone has what it needs to take this companion in. */
    record Confirmed() implements PasskeyStep {}

    /** No passkey is demanded now, or there is nothing to confirm: the attempt is over, or another answer took its place. */
    record NotDemanded() implements PasskeyStep {}

    /**
     * WhatsApp refused, for instance what was not signed by a passkey of the account; the demand stands.
     *
     * @param code 0 when the server gave none
     */
    record Refused(int code) implements PasskeyStep {}

    /** WhatsApp, or the phone, did not answer in time. */
    record Unanswered() implements PasskeyStep {}
}
