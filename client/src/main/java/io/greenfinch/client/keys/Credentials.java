package io.greenfinch.client.keys;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.greenfinch.client.Account;
import io.greenfinch.client.connection.Route;
import io.greenfinch.client.proto.StoredCredentials;
import io.greenfinch.client.store.Change;
import io.greenfinch.client.store.StateKind;
import io.greenfinch.client.store.UnreadableStateException;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.curve.KeyPair;
import io.greenfinch.protocol.curve.SignedPreKey;
import io.greenfinch.protocol.pairing.AppVersion;
import io.greenfinch.protocol.pairing.ClientHelloPayload;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/**
 * What makes this companion the one that was linked. Immutable; {@link #toString()} shows no key.
 *
 * @param device its keys
 * @param account who it belongs to
 * @param identity its ADV identity, countersigned, as attached to messages (specification §7.4)
 * @param businessName may be empty
 * @param preKeys the numbers of the next one-time prekeys to make
 * @param groupsKnown the list of groups was fetched once; since then notifications keep it
 * @param route what is known about the way to the server
 * @param care when keys need attention
 * @param pushName the account's own name, as far as the app state has told it; may be empty
 */
public record Credentials(
        DeviceKeys device,
        Account account,
        byte[] identity,
        String businessName,
        PreKeyNumbers preKeys,
        boolean groupsKnown,
        Route route,
        KeyCare care,
        String pushName) {

    /** Where credentials stand among an instance's state. */
    public static final String KEY = "self";

    /** No companion makes more prekeys between a backup and its return. */
    private static final int LOST_AT_MOST = 1 << 20;

    public Credentials withAccount(Account changed) {
        return new Credentials(device, changed, identity, businessName, preKeys, groupsKnown, route, care, pushName);
    }

    Credentials with(PreKeyNumbers next) {
        return new Credentials(device, account, identity, businessName, next, groupsKnown, route, care, pushName);
    }

    public Credentials withGroupsKnown() {
        return new Credentials(device, account, identity, businessName, preKeys, true, route, care, pushName);
    }

    /** The same for a companion whose later keys were lost: their numbers are never given again, and the server's are compared. */
    public Credentials afterRestore() {
        PreKeyNumbers next = preKeys.after(LOST_AT_MOST);
        KeyCare compared = new KeyCare(care.rotateAt(), care.confirmed(), Instant.EPOCH.plusSeconds(1));
        return new Credentials(device, account, identity, businessName, next, groupsKnown, route, compared, pushName);
    }

    Credentials with(Route known) {
        return new Credentials(device, account, identity, businessName, preKeys, groupsKnown, known, care, pushName);
    }

    Credentials with(KeyCare planned) {
        return new Credentials(device, account, identity, businessName, preKeys, groupsKnown, route, planned, pushName);
    }

    Credentials with(DeviceKeys changed) {
        return new Credentials(changed, account, identity, businessName, preKeys, groupsKnown, route, care, pushName);
    }

    /** The same with the account's own name. */
    public Credentials withPushName(String name) {
        return new Credentials(device, account, identity, businessName, preKeys, groupsKnown, route, care, name);
    }

    /** Those of a companion that has just been linked. */
    public static Credentials first(DeviceKeys device, Account account, byte[] identity, String businessName) {
        return new Credentials(
                device,
                account,
                identity,
                businessName,
                PreKeyNumbers.FIRST,
                false,
                Route.UNKNOWN,
                KeyCare.UNPLANNED,
                "");
    }

    /** How this companion introduces itself to the server. */
    public ClientHelloPayload.Login login(AppVersion version) {
        Jid pn = account.pn();
        return new ClientHelloPayload.Login(version, Long.parseLong(pn.user()), pn.device(), Optional.empty());
    }

    /** The change that stores them. */
    public Change.Put put() {
        SignedPreKey signed = device.signedPreKey();
        byte[] bytes = StoredCredentials.newBuilder()
                .setNoisePrivateKey(ByteString.copyFrom(device.noise().privateKey()))
                .setIdentityPrivateKey(ByteString.copyFrom(device.identity().privateKey()))
                .setRegistrationId(device.registrationId())
                .setSignedPrekeyId(signed.id())
                .setSignedPrekeyPrivate(ByteString.copyFrom(signed.keys().privateKey()))
                .setSignedPrekeySignature(ByteString.copyFrom(signed.signature()))
                .setAdvSecret(ByteString.copyFrom(device.advSecret()))
                .setPn(account.pn().toString())
                .setLid(account.lid().map(Jid::toString).orElse(""))
                .setDeviceIdentity(ByteString.copyFrom(identity))
                .setPlatform(account.platform())
                .setBusinessName(businessName)
                .setNextPrekeyId(preKeys.uploaded())
                .setNextRetryKeyId(preKeys.retry())
                .setGroupsKnown(groupsKnown)
                .setRoute(route.stored())
                .setRotateAt(care.rotateAt().getEpochSecond())
                .setCompareAt(care.compareAt().getEpochSecond())
                .setRotationUnconfirmed(!care.confirmed())
                .setPushName(pushName)
                .build()
                .toByteArray();
        return new Change.Put(StateKind.CREDENTIALS, KEY, bytes);
    }

    /**
     * The credentials in a stored value.
     *
     * @throws UnreadableStateException when it holds none
     */
    public static Credentials of(byte[] stored) {
        try {
            StoredCredentials value = StoredCredentials.parseFrom(stored);
            KeyPair identity = KeyPair.ofPrivate(value.getIdentityPrivateKey().toByteArray());
            SignedPreKey signed = new SignedPreKey(
                    value.getSignedPrekeyId(),
                    KeyPair.ofPrivate(value.getSignedPrekeyPrivate().toByteArray()),
                    value.getSignedPrekeySignature().toByteArray());
            DeviceKeys device = new DeviceKeys(
                    KeyPair.ofPrivate(value.getNoisePrivateKey().toByteArray()),
                    identity,
                    signed,
                    value.getRegistrationId(),
                    value.getAdvSecret().toByteArray());
            Jid pn = Jid.parse(value.getPn())
                    .orElseThrow(() -> new UnreadableStateException("stored credentials of nobody"));
            Optional<Jid> lid = value.getLid().isEmpty() ? Optional.empty() : Jid.parse(value.getLid());
            return new Credentials(
                    device,
                    new Account(pn, lid, value.getPlatform()),
                    value.getDeviceIdentity().toByteArray(),
                    value.getBusinessName(),
                    PreKeyNumbers.of(value.getNextPrekeyId(), value.getNextRetryKeyId()),
                    value.getGroupsKnown(),
                    Route.of(value.getRoute()),
                    new KeyCare(
                            Instant.ofEpochSecond(value.getRotateAt()),
                            !value.getRotationUnconfirmed(),
                            Instant.ofEpochSecond(value.getCompareAt())),
                    value.getPushName());
        } catch (InvalidProtocolBufferException | IllegalArgumentException | DateTimeException e) {
            throw new UnreadableStateException("stored credentials that can't be read: " + e.getMessage(), e);
        }
    }

    @Override
    public String toString() {
        return "Credentials[" + account.pn() + "]";
    }
}
