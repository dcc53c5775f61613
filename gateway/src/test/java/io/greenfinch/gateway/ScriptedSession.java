package io.greenfinch.gateway;

import io.greenfinch.client.Account;
import io.greenfinch.client.AccountLink;
import io.greenfinch.client.DisconnectCause;
import io.greenfinch.client.LogoutOutcome;
import io.greenfinch.client.PairingCode;
import io.greenfinch.client.PasskeyAssertion;
import io.greenfinch.client.PasskeyStep;
import io.greenfinch.client.PhoneCode;
import io.greenfinch.client.Session;
import io.greenfinch.client.SessionStatus;
import io.greenfinch.client.SessionStatus.Phase;
import io.greenfinch.client.appstate.AppState;
import io.greenfinch.client.business.Business;
import io.greenfinch.client.contact.People;
import io.greenfinch.client.contact.Registration;
import io.greenfinch.client.device.DeviceList;
import io.greenfinch.client.device.Devices;
import io.greenfinch.client.group.Communities;
import io.greenfinch.client.group.CommunityGroup;
import io.greenfinch.client.group.CreatedGroup;
import io.greenfinch.client.group.CreationMemory;
import io.greenfinch.client.group.Departed;
import io.greenfinch.client.group.Group;
import io.greenfinch.client.group.GroupChange;
import io.greenfinch.client.group.GroupUpdate;
import io.greenfinch.client.group.Groups;
import io.greenfinch.client.group.Invitation;
import io.greenfinch.client.group.InviteCode;
import io.greenfinch.client.group.InvitedGroup;
import io.greenfinch.client.group.JoinRequest;
import io.greenfinch.client.group.Joined;
import io.greenfinch.client.media.Media;
import io.greenfinch.client.media.MediaReference;
import io.greenfinch.client.media.StoredMedia;
import io.greenfinch.client.message.Messages;
import io.greenfinch.client.picture.Picture;
import io.greenfinch.client.picture.PictureSize;
import io.greenfinch.client.picture.Pictures;
import io.greenfinch.client.presence.Presence;
import io.greenfinch.client.privacy.Privacy;
import io.greenfinch.client.stanza.Outcome;
import io.greenfinch.client.stanza.Refusal;
import io.greenfinch.client.stanza.Silence;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.media.MediaDigest;
import io.greenfinch.protocol.media.MediaKind;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BiFunction;

/**
 * A session without a connection, for tests of the HTTP side: it is in the state the test put it in and answers as the
 * test says. Thread-safe.
 */
public final class ScriptedSession implements Session, AccountLink, Groups, Communities, Pictures, Media {

    private final Unanswered unanswered = new Unanswered();

    private static final Account ACCOUNT =
            new Account(new Jid("10000000001", 26, Jid.USERS, 0), Optional.of(Jid.lid("100000000000001")), "android");

    private volatile SessionStatus status =
            new SessionStatus(Phase.UNLINKED, Instant.EPOCH, Optional.empty(), Optional.empty());
    private volatile BiFunction<List<Jid>, Instant, List<Outcome<Departed>>> leaving =
            (groups, deadline) -> silence(groups, Silence.NOT_LINKED);
    private PairingCode code = new PairingCode.Unavailable(DisconnectCause.NETWORK);
    private volatile PhoneCode phoneCode = new PhoneCode.Unavailable(DisconnectCause.NETWORK);
    private final ConcurrentLinkedQueue<String> told = new ConcurrentLinkedQueue<>();
    private volatile BiFunction<Optional<Jid>, byte[], Outcome<String>> picturing =
            (group, jpeg) -> new Outcome.Unknown<>(Silence.NOT_LINKED);
    private volatile Outcome<Picture> picture = new Outcome.Refused<>(Refusal.NO_PICTURE, 404);
    private final ScriptedMessages messages = new ScriptedMessages();
    private volatile boolean closed;

    /** Puts the session into a phase with the account linked. */
    public void linked(Phase phase, Instant since) {
        status = new SessionStatus(phase, since, Optional.of(ACCOUNT), Optional.empty());
    }

    /** Puts the session into any status. */
    public void status(SessionStatus other) {
        status = other;
    }

    public synchronized void pairingCode(PairingCode other) {
        code = other;
        notifyAll();
    }

    public void phoneCode(PhoneCode other) {
        phoneCode = other;
    }

    /** Sets what leaving does. */
    public void leaving(BiFunction<List<Jid>, Instant, List<Outcome<Departed>>> answer) {
        leaving = answer;
    }

    /** Sets what setting a picture does. */
    public void picturing(BiFunction<Optional<Jid>, byte[], Outcome<String>> answer) {
        picturing = answer;
    }

    /** The messages it is given to send. */
    public ScriptedMessages scripted() {
        return messages;
    }

    /** Sets what every picture looks like. */
    public void picture(Outcome<Picture> answer) {
        picture = answer;
    }

    /** What {@link #answered} was told, in order, as {@code groups delivered}. */
    public List<String> told() {
        return new ArrayList<>(told);
    }

    public boolean closed() {
        return closed;
    }

    private static List<Outcome<Jid>> unlinked(List<Jid> asked) {
        return asked.stream()
                .<Outcome<Jid>>map(jid -> new Outcome.Unknown<>(Silence.NOT_LINKED))
                .toList();
    }

    private static List<Outcome<Departed>> silence(List<Jid> groups, Silence why) {
        return groups.stream()
                .<Outcome<Departed>>map(group -> new Outcome.Unknown<>(why))
                .toList();
    }

    @Override
    public void start() {}

    @Override
    public SessionStatus status() {
        return status;
    }

    @Override
    public synchronized PairingCode pairingCode(Instant deadline) {
        return code;
    }

    /** Blocks until the test sets something else, or the caller is interrupted. */
    @Override
    public synchronized PairingCode nextPairingCode(PairingCode.Code shown, Instant deadline) {
        told.add("waits for the next code");
        try {
            while (code.equals(shown)) {
                wait();
            }
            return code;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            told.add("waits no longer");
            return new PairingCode.Unavailable(DisconnectCause.CLOSED_BY_US);
        }
    }

    @Override
    public Optional<PairingCode.PasskeyRequired> demandedPasskey(Instant deadline) {
        return Optional.empty();
    }

    @Override
    public PasskeyStep answerPasskey(PasskeyAssertion assertion, Instant deadline) {
        return new PasskeyStep.NotDemanded();
    }

    @Override
    public PasskeyStep confirmPasskey(Instant deadline) {
        return new PasskeyStep.NotDemanded();
    }

    @Override
    public PhoneCode phoneCode(String number, Instant deadline) {
        told.add("phoneCode " + number);
        return phoneCode;
    }

    @Override
    public LogoutOutcome logout(Instant deadline) {
        boolean linked = status.linked();
        status = new SessionStatus(Phase.UNLINKED, Instant.EPOCH, Optional.empty(), Optional.empty());
        return linked ? LogoutOutcome.UNLINKED : LogoutOutcome.NOT_LINKED;
    }

    @Override
    public void reconnect() {
        told.add("reconnect");
    }

    @Override
    public AccountLink account() {
        return this;
    }

    @Override
    public Groups groups() {
        return this;
    }

    @Override
    public Communities communities() {
        return this;
    }

    @Override
    public Outcome<List<CommunityGroup>> groups(Jid community, Instant deadline) {
        return new Outcome.Unknown<>(Silence.NOT_LINKED);
    }

    @Override
    public Outcome<CreatedGroup> create(String subject, String description, CreationMemory memory, Instant deadline) {
        return new Outcome.Unknown<>(Silence.NOT_LINKED);
    }

    @Override
    public List<Outcome<Jid>> link(Jid community, List<Jid> groups, Instant deadline) {
        return unlinked(groups);
    }

    @Override
    public List<Outcome<Jid>> unlink(Jid community, List<Jid> groups, Instant deadline) {
        return unlinked(groups);
    }

    @Override
    public Pictures pictures() {
        return this;
    }

    @Override
    public Set<Jid> known() {
        return Set.of();
    }

    @Override
    public People people() {
        return new People() {
            @Override
            public Outcome<Registration> find(Jid number, boolean anew, Instant deadline) {
                return new Outcome.Unknown<>(Silence.NOT_LINKED);
            }

            @Override
            public Jid shown(Jid person) {
                return person;
            }
        };
    }

    @Override
    public Devices devices() {
        return new Devices() {
            @Override
            public Outcome<DeviceList> find(Jid person, Instant deadline) {
                return new Outcome.Unknown<>(Silence.NOT_LINKED);
            }

            @Override
            public Outcome<Map<Jid, DeviceList>> find(List<Jid> people, Instant deadline) {
                return new Outcome.Unknown<>(Silence.NOT_LINKED);
            }
        };
    }

    @Override
    public Messages messages() {
        return messages;
    }

    @Override
    public Outcome<Group> find(Jid group, Instant deadline) {
        return new Outcome.Refused<>(Refusal.GROUP_NOT_FOUND, 404);
    }

    @Override
    public Optional<Group> cached(Jid group) {
        return Optional.empty();
    }

    @Override
    public Outcome<CreatedGroup> create(String subject, List<Jid> people, CreationMemory memory, Instant deadline) {
        return new Outcome.Unknown<>(Silence.NOT_LINKED);
    }

    @Override
    public Outcome<GroupChange> change(Jid group, GroupChange change, Instant deadline) {
        return new Outcome.Unknown<>(Silence.NOT_LINKED);
    }

    @Override
    public List<Outcome<Jid>> change(Jid group, GroupUpdate.Action action, List<Jid> people, Instant deadline) {
        return unlinked(people);
    }

    @Override
    public Outcome<InviteCode> inviteLink(Jid group, Instant deadline) {
        return new Outcome.Unknown<>(Silence.NOT_LINKED);
    }

    @Override
    public Outcome<InviteCode> resetInviteLink(Jid group, Instant deadline) {
        return new Outcome.Unknown<>(Silence.NOT_LINKED);
    }

    @Override
    public Outcome<InvitedGroup> find(InviteCode invite, Instant deadline) {
        return new Outcome.Unknown<>(Silence.NOT_LINKED);
    }

    @Override
    public Outcome<InvitedGroup> find(Invitation invitation, Instant deadline) {
        return new Outcome.Unknown<>(Silence.NOT_LINKED);
    }

    @Override
    public Outcome<Joined> join(InviteCode invite, Instant deadline) {
        return new Outcome.Unknown<>(Silence.NOT_LINKED);
    }

    @Override
    public Outcome<Joined> join(Invitation invitation, Instant deadline) {
        return new Outcome.Unknown<>(Silence.NOT_LINKED);
    }

    @Override
    public Outcome<List<JoinRequest>> joinRequests(Jid group, Instant deadline) {
        return new Outcome.Unknown<>(Silence.NOT_LINKED);
    }

    @Override
    public Outcome<Jid> cancel(Jid group, Instant deadline) {
        return new Outcome.Unknown<>(Silence.NOT_LINKED);
    }

    @Override
    public List<Outcome<Jid>> revoke(Jid group, List<Jid> people, Instant deadline) {
        return unlinked(people);
    }

    @Override
    public List<Outcome<Jid>> approve(Jid group, List<Jid> people, Instant deadline) {
        return unlinked(people);
    }

    @Override
    public List<Outcome<Jid>> reject(Jid group, List<Jid> people, Instant deadline) {
        return unlinked(people);
    }

    @Override
    public List<Outcome<Departed>> leave(List<Jid> groups, Instant deadline) {
        return leaving.apply(groups, deadline);
    }

    @Override
    public void answered(List<Jid> groups, boolean delivered) {
        told.add(groups + " " + delivered);
    }

    @Override
    public Outcome<String> set(Optional<Jid> group, byte[] jpeg, Instant deadline) {
        return picturing.apply(group, jpeg);
    }

    @Override
    public Outcome<Jid> remove(Optional<Jid> group, Instant deadline) {
        return new Outcome.Unknown<>(Silence.NOT_LINKED);
    }

    @Override
    public Outcome<Picture> find(Jid subject, PictureSize size, Instant deadline) {
        return picture;
    }

    @Override
    public void close() {
        closed = true;
    }

    @Override
    public AppState appState() {
        return (actions, deadline) -> new Outcome.Unknown<>(Silence.NOT_SENT);
    }

    @Override
    public Presence presence() {
        return unanswered;
    }

    @Override
    public Privacy privacy() {
        return unanswered;
    }

    @Override
    public Business business() {
        return unanswered;
    }

    @Override
    public Media media() {
        return this;
    }

    @Override
    public Outcome<StoredMedia> upload(Content file, MediaKind kind, Path scratch, Instant deadline) {
        return new Outcome.Unknown<>(Silence.NOT_SENT);
    }

    @Override
    public Outcome<MediaDigest> download(MediaReference reference, Path into, long most, Instant deadline) {
        return new Outcome.Unknown<>(Silence.NOT_SENT);
    }

    @Override
    public Outcome<MediaDigest> download(MediaReference reference, Sink into, long most, Instant deadline) {
        return new Outcome.Unknown<>(Silence.NOT_SENT);
    }
}
