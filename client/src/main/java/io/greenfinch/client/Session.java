package io.greenfinch.client;

import io.greenfinch.client.device.DeviceLookup;
import io.greenfinch.client.group.ChangeOutcome;
import io.greenfinch.client.group.CreateOutcome;
import io.greenfinch.client.group.Group;
import io.greenfinch.client.group.GroupChange;
import io.greenfinch.client.group.GroupDoors;
import io.greenfinch.client.group.GroupLookup;
import io.greenfinch.client.group.LeaveOutcome;
import io.greenfinch.client.picture.PictureLookup;
import io.greenfinch.client.picture.PictureOutcome;
import io.greenfinch.client.picture.PictureSize;
import io.greenfinch.protocol.binary.Jid;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One account's companion connection, from pairing to unlinking. Made by the client.
 *
 * <p>Thread-safe. Methods with a deadline block the calling (virtual) thread until there is an answer or the deadline has
 * passed; they never throw for what WhatsApp or the network does, the result says it. Deadlines are read by the client's
 * clock. All others return at once.
 */
public interface Session extends AutoCloseable {

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

    /** Unlinks this companion at the server. Credentials are deleted only when the server confirmed. */
    LogoutOutcome logout(Instant deadline);

    /** Drops the connection and makes a new one at once. Does nothing while not linked. */
    void reconnect();

    /** Asks WhatsApp for a group's metadata; never answers from the cache. */
    GroupLookup group(Jid group, Instant deadline);

    /** The group as our cache has it, kept up to date by notifications. */
    Optional<Group> cachedGroup(Jid group);

    /**
     * The devices of an account, our own included: those we know of, kept up to date by notifications, or what WhatsApp
     * tells when we know none.
     *
     * @param person by PN or LID
     */
    DeviceLookup devices(Jid person, Instant deadline);

    /** How people come into groups by themselves: invite links, invitations, requests to join. */
    GroupDoors doors();

    /**
     * Creates a group of us and these people, named by PN or LID. After a lost answer our groups are asked for; the
     * request is never sent twice, which could make two groups.
     */
    CreateOutcome createGroup(String subject, List<Jid> people, Instant deadline);

    /**
     * Changes a group. The outcome is what WhatsApp confirmed for this change, and about people for that very person; after
     * a lost answer the group is asked whether it is as wished, and the change sent once more if not. One that is so although
     * its answer was lost counts as done by us, unless it was so before.
     */
    ChangeOutcome change(Jid group, GroupChange change, Instant deadline);

    /**
     * Leaves groups with one stanza; outcomes in the order asked. Every outcome is what WhatsApp confirmed for that very
     * group; connection losses, rate limits and missing results are resolved by asking, within the deadline (design §5).
     *
     * <p>For each group with an outcome the caller must afterwards call {@link #answered}: until then a crash leaves the
     * intent open, and a repeated call reports {@code Left(admin, earlier = true)}.
     *
     * @param groups 1 to 100 distinct group JIDs
     */
    List<LeaveOutcome> leave(List<Jid> groups, Instant deadline);

    /**
     * Tells whether the caller of {@link #leave} got its answer. When it did, the memory of those leaves is given up;
     * when it did not, a repeated call within 24 hours still reports the leave.
     */
    void answered(List<Jid> groups, boolean delivered);

    /**
     * Gives a group, or ourselves, a picture. A lost connection or a broken answer is resolved by asking, within the
     * deadline.
     *
     * @param group the group; empty for ourselves
     * @param jpeg not looked at: WhatsApp decides whether it takes it
     */
    PictureOutcome setPicture(Optional<Jid> group, byte[] jpeg, Instant deadline);

    /** Takes the picture of a group, or ours, away. */
    PictureOutcome removePicture(Optional<Jid> group, Instant deadline);

    /** Asks WhatsApp for the picture of a person or a group. */
    PictureLookup picture(Jid subject, PictureSize size, Instant deadline);

    /** Ends the session: closes the connection, gives up waiting callers. The account stays linked. */
    @Override
    void close();
}
