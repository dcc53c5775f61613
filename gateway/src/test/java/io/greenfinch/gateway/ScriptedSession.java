package io.greenfinch.gateway;

import io.greenfinch.client.Account;
import io.greenfinch.client.DisconnectCause;
import io.greenfinch.client.LogoutOutcome;
import io.greenfinch.client.PairingCode;
import io.greenfinch.client.PhoneCode;
import io.greenfinch.client.Session;
import io.greenfinch.client.SessionStatus;
import io.greenfinch.client.SessionStatus.Phase;
import io.greenfinch.client.device.DeviceLookup;
import io.greenfinch.client.group.ChangeOutcome;
import io.greenfinch.client.group.CreateOutcome;
import io.greenfinch.client.group.Group;
import io.greenfinch.client.group.GroupChange;
import io.greenfinch.client.group.GroupDoors;
import io.greenfinch.client.group.GroupLookup;
import io.greenfinch.client.group.LeaveOutcome;
import io.greenfinch.client.group.Silence;
import io.greenfinch.client.picture.PictureLookup;
import io.greenfinch.client.picture.PictureOutcome;
import io.greenfinch.client.picture.PictureSize;
import io.greenfinch.protocol.binary.Jid;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BiFunction;

/**
 * A session without a connection, for tests of the HTTP side: it is in the state the test put it in and answers as the
 * test says. Thread-safe.
 */
public final class ScriptedSession implements Session {

    private static final Account ACCOUNT =
            new Account(new Jid("10000000001", 26, Jid.USERS, 0), Optional.of(Jid.lid("100000000000001")), "android");

    private volatile SessionStatus status =
            new SessionStatus(Phase.UNLINKED, Instant.EPOCH, Optional.empty(), Optional.empty());
    private volatile BiFunction<List<Jid>, Instant, List<LeaveOutcome>> leaving =
            (groups, deadline) -> silence(groups, Silence.NOT_LINKED);
    private PairingCode code = new PairingCode.Unavailable(DisconnectCause.NETWORK);
    private volatile PhoneCode phoneCode = new PhoneCode.Unavailable(DisconnectCause.NETWORK);
    private final ConcurrentLinkedQueue<String> told = new ConcurrentLinkedQueue<>();
    private volatile BiFunction<Optional<Jid>, byte[], PictureOutcome> picturing =
            (group, jpeg) -> new PictureOutcome.NoAnswer(Silence.NOT_LINKED);
    private volatile PictureLookup picture = new PictureLookup.None();
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
    public void leaving(BiFunction<List<Jid>, Instant, List<LeaveOutcome>> answer) {
        leaving = answer;
    }

    /** Sets what setting a picture does. */
    public void picturing(BiFunction<Optional<Jid>, byte[], PictureOutcome> answer) {
        picturing = answer;
    }

    /** Sets what every picture looks like. */
    public void picture(PictureLookup answer) {
        picture = answer;
    }

    /** What {@link #answered} was told, in order, as {@code groups delivered}. */
    public List<String> told() {
        return new ArrayList<>(told);
    }

    public boolean closed() {
        return closed;
    }

    private static List<LeaveOutcome> silence(List<Jid> groups, Silence why) {
        return groups.stream()
                .<LeaveOutcome>map(group -> new LeaveOutcome.NoAnswer(why))
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
    public DeviceLookup devices(Jid person, Instant deadline) {
        return new DeviceLookup.NoAnswer(Silence.NOT_LINKED);
    }

    @Override
    public GroupLookup group(Jid group, Instant deadline) {
        return new GroupLookup.NotFound();
    }

    @Override
    public Optional<Group> cachedGroup(Jid group) {
        return Optional.empty();
    }

    @Override
    public GroupDoors doors() {
        throw new UnsupportedOperationException("No test on the HTTP side alone comes to a door");
    }

    @Override
    public CreateOutcome createGroup(String subject, List<Jid> people, Instant deadline) {
        return new CreateOutcome.NoAnswer(Silence.NOT_LINKED);
    }

    @Override
    public ChangeOutcome change(Jid group, GroupChange change, Instant deadline) {
        return new ChangeOutcome.NoAnswer(Silence.NOT_LINKED);
    }

    @Override
    public List<LeaveOutcome> leave(List<Jid> groups, Instant deadline) {
        return leaving.apply(groups, deadline);
    }

    @Override
    public void answered(List<Jid> groups, boolean delivered) {
        told.add(groups + " " + delivered);
    }

    @Override
    public PictureOutcome setPicture(Optional<Jid> group, byte[] jpeg, Instant deadline) {
        return picturing.apply(group, jpeg);
    }

    @Override
    public PictureOutcome removePicture(Optional<Jid> group, Instant deadline) {
        return new PictureOutcome.NoAnswer(Silence.NOT_LINKED);
    }

    @Override
    public PictureLookup picture(Jid subject, PictureSize size, Instant deadline) {
        return picture;
    }

    @Override
    public void close() {
        closed = true;
    }
}
