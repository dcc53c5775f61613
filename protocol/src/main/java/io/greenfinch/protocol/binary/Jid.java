package io.greenfinch.protocol.binary;

import java.util.Objects;
import java.util.Optional;

/**
 * A WhatsApp address: {@code user[:device]@server} (specification §6). A JID without a user names the server itself and
 * is written {@code @server} or just {@code server}.
 *
 * <p>Immutable and thread-safe. Two JIDs are equal when all parts are; a phone-number JID and the LID of the same account
 * are different JIDs, and neither can be computed from the other.
 *
 * @param user user part, empty for a server JID; never contains {@code @}
 * @param device device number, 0 for the phone and for everything that has no devices; at most 65535
 * @param server server part, never empty
 * @param integrator integrator number of an {@code interop} JID, else 0
 */
public record Jid(String user, int device, String server, int integrator) implements AttributeValue {

    /** Phone-number users ("PN"). */
    public static final String USERS = "s.whatsapp.net";

    /** Users known by an opaque number ("LID"). */
    public static final String LIDS = "lid";

    /** Groups and communities. */
    public static final String GROUPS = "g.us";

    /** Lists of people to whom one message goes, each for themselves; and the one of all status updates. */
    public static final String BROADCASTS = "broadcast";

    /** Business-hosted devices of phone-number users. */
    public static final String HOSTED = "hosted";

    /** Business-hosted devices of LID users. */
    public static final String HOSTED_LID = "hosted.lid";

    /** Messenger users. */
    public static final String MESSENGER = "msgr";

    /** Users of other networks. */
    public static final String INTEROP = "interop";

    /** Where status updates are posted, {@code status@broadcast}. */
    public static final Jid STATUS = new Jid("status", 0, BROADCASTS, 0);

    /** The chat server, {@code @s.whatsapp.net}. */
    public static final Jid SERVER = new Jid("", 0, USERS, 0);

    /** The group server, {@code @g.us}. */
    public static final Jid GROUP_SERVER = new Jid("", 0, GROUPS, 0);

    private static final int MAX_LENGTH = 255;

    public Jid {
        Objects.requireNonNull(user);
        if (server.isEmpty()) {
            throw new IllegalArgumentException("a JID needs a server");
        }
        if (user.length() > MAX_LENGTH || server.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("a part of a JID is longer than " + MAX_LENGTH);
        }
        if (user.indexOf('@') >= 0 || server.indexOf('@') >= 0) {
            throw new IllegalArgumentException("a part of a JID contains an @");
        }
        if ((device & ~0xFFFF) != 0 || (integrator & ~0xFFFF) != 0) {
            throw new IllegalArgumentException("device or integrator outside 0…65535");
        }
    }

    /** A JID without a device. */
    public static Jid of(String user, String server) {
        return new Jid(user, 0, server, 0);
    }

    /** The phone-number JID of {@code digits}. */
    public static Jid pn(String digits) {
        return of(digits, USERS);
    }

    /** The LID JID of {@code digits}. */
    public static Jid lid(String digits) {
        return of(digits, LIDS);
    }

    /** The group JID with user part {@code id}. */
    public static Jid group(String id) {
        return of(id, GROUPS);
    }

    /**
     * Reads {@code user@server}, {@code user:device@server}, {@code user.agent:device@server} (the agent is dropped),
     * {@code @server} or the bare name of a known server. Empty when the text is none of these.
     */
    public static Optional<Jid> parse(String text) {
        int at = text.indexOf('@');
        if (at < 0) {
            return isServerName(text) ? Optional.of(of("", text)) : Optional.empty();
        }
        String server = text.substring(at + 1);
        if (server.isEmpty() || server.indexOf('@') >= 0 || text.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        String user = text.substring(0, at);
        int colon = user.indexOf(':');
        if (colon < 0) {
            return Optional.of(of(user, server));
        }
        int device = smallNumber(user.substring(colon + 1));
        if (device < 0) {
            return Optional.empty();
        }
        user = user.substring(0, colon);
        int dot = user.indexOf('.');
        return Optional.of(new Jid(dot < 0 ? user : user.substring(0, dot), device, server, 0));
    }

    private static boolean isServerName(String text) {
        return switch (text) {
            case USERS, GROUPS, LIDS, BROADCASTS, "newsletter", "call" -> true;
            default -> false;
        };
    }

    private static int smallNumber(String digits) {
        if (digits.isEmpty() || digits.length() > 5) {
            return -1;
        }
        int value = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return value <= 0xFFFF ? value : -1;
    }

    /** This address with another device number. */
    public Jid withDevice(int number) {
        return number == device ? this : new Jid(user, number, server, integrator);
    }

    /** The account's address: this one without its device. A business host's device belongs to the account that it is hosted for. */
    public Jid account() {
        return switch (server) {
            case HOSTED -> pn(user);
            case HOSTED_LID -> lid(user);
            default -> withDevice(0);
        };
    }

    /** Whether a business host holds the device that this names. */
    public boolean isHosted() {
        return server.equals(HOSTED) || server.equals(HOSTED_LID);
    }

    /** The same device, held by a business host; only people have such. */
    public Jid hosted() {
        return switch (server) {
            case USERS -> new Jid(user, device, HOSTED, integrator);
            case LIDS -> new Jid(user, device, HOSTED_LID, integrator);
            default -> this;
        };
    }

    public boolean isGroup() {
        return server.equals(GROUPS) && !user.isEmpty();
    }

    /** Whether this is where status updates are posted. */
    public boolean isStatus() {
        return equals(STATUS);
    }

    public boolean isPn() {
        return server.equals(USERS) && !user.isEmpty();
    }

    public boolean isLid() {
        return server.equals(LIDS) && !user.isEmpty();
    }

    /** {@code user@server}, with {@code :device} only where it is not 0; a server JID is just its server name. */
    @Override
    public String toString() {
        if (user.isEmpty()) {
            return server;
        }
        return device == 0 ? user + "@" + server : user + ":" + device + "@" + server;
    }
}
