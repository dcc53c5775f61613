package io.greenfinch.client.group;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The code of an invite link: what follows {@code https://chat.whatsapp.com/}. WhatsApp's have 22 characters (specification
 * §16.7); taken are 1 to 64 letters, digits, {@code -} and {@code _}.
 */
public record InviteCode(String text) {

    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    /**
     * A code as given.
     *
     * @throws IllegalArgumentException when it can't be one
     */
    public InviteCode {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException("An invite code is 1 to 64 letters, digits, - and _");
        }
    }

    /** The code, if the text can be one. */
    static Optional<InviteCode> of(String text) {
        return FORM.matcher(text).matches() ? Optional.of(new InviteCode(text)) : Optional.empty();
    }

    /** The code opens the group to who has it. */
    @Override
    public String toString() {
        return "InviteCode";
    }
}
