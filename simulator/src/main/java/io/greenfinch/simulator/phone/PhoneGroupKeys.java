package io.greenfinch.simulator.phone;

import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.signal.Decryption;
import io.greenfinch.protocol.signal.Encrypted;
import io.greenfinch.protocol.signal.EncryptedMessage;
import io.greenfinch.protocol.signal.OwnSenderKey;
import io.greenfinch.protocol.signal.ReceivedSenderKeys;
import io.greenfinch.protocol.signal.SenderKeyDistribution;
import io.greenfinch.simulator.account.Device;
import java.security.SecureRandom;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;

/** The keys by which one phone sends to groups, and those by which others send to it (specification §11.5). Guarded by the world's lock. */
final class PhoneGroupKeys {

    private static final int OWN_KEPT = 1000;
    private static final int RECEIVED_KEPT = 5000;

    private final GroupReading reading;
    private final SecureRandom random;
    private final RecentMap<Jid, OwnKey> own = new RecentMap<>(OWN_KEPT);
    private final RecentMap<Sender, ReceivedSenderKeys> received = new RecentMap<>(RECEIVED_KEPT);

    PhoneGroupKeys(PhoneTools tools) {
        this.reading = tools.reading();
        this.random = tools.random();
    }

    private record Sender(Jid group, Device device) {}

    private static final class OwnKey {
        private OwnSenderKey key;
        private final Set<Device> holders = new HashSet<>();

        OwnKey(OwnSenderKey key) {
            this.key = key;
        }
    }

    private OwnKey own(Jid group) {
        return own.get(group, () -> new OwnKey(OwnSenderKey.generate(random)));
    }

    /** What a device needs to read what is sent to a group from now on. */
    SenderKeyDistribution distribution(Jid group) {
        return own(group).key.distribution();
    }

    /** Whether a device was told the present key. */
    boolean has(Jid group, Device device) {
        return own(group).holders.contains(device);
    }

    /** These devices were told the present key. */
    void told(Jid group, Collection<Device> devices) {
        own(group).holders.addAll(devices);
    }

    /** Encrypts a padded message to a group. */
    EncryptedMessage encrypt(Jid group, byte[] padded) {
        OwnKey mine = own(group);
        Encrypted<OwnSenderKey> encrypted = mine.key.encrypt(padded, random);
        mine.key = encrypted.state();
        return encrypted.message();
    }

    /** Somebody who has the key is in the group no longer: from now on there is another. */
    void rotate(Jid group) {
        own.remove(group);
    }

    /** The same for all groups of which such a device has the key. */
    void rotate(Predicate<Device> gone) {
        own.removeIf(entry -> entry.getValue().holders.stream().anyMatch(gone));
    }

    void received(Jid group, Device from, SenderKeyDistribution key) {
        Sender sender = new Sender(group, from);
        received.put(sender, reading.with(received.get(sender).orElseGet(ReceivedSenderKeys::none), key));
    }

    /** Decrypts a message of a device to a group. */
    Decryption<ReceivedSenderKeys> decrypt(Jid group, Device from, EncryptedMessage message) {
        Sender sender = new Sender(group, from);
        Decryption<ReceivedSenderKeys> decryption =
                reading.decrypt(received.get(sender).orElseGet(ReceivedSenderKeys::none), message);
        if (decryption instanceof Decryption.Decrypted<ReceivedSenderKeys> decrypted) {
            received.put(sender, decrypted.state());
        }
        return decryption;
    }
}
