package io.greenfinch.protocol.pairing;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.greenfinch.protocol.curve.PublicKeys;
import io.greenfinch.protocol.proto.ClientPayload;
import io.greenfinch.protocol.proto.DevicePairingRegistrationData;
import io.greenfinch.protocol.proto.DeviceProps;
import io.greenfinch.protocol.proto.UserAgent;
import io.greenfinch.protocol.proto.WebInfo;
import java.nio.ByteBuffer;
import java.util.Optional;

/** The protobuf form of {@link ClientHelloPayload} (specification §4, §31.3). */
final class PayloadCodec {

    private static final int PLATFORM_WEB = 14;
    private static final int RELEASE = 0;
    private static final int WEB_BROWSER = 0;
    private static final int WIFI_UNKNOWN = 1;
    private static final int USER_ACTIVATED = 1;
    private static final int REGISTRATION_ID_LENGTH = 4;
    private static final int PREKEY_ID_LENGTH = 3;

    /** The version of the device's own software; what it is makes no difference to the server. */
    private static final io.greenfinch.protocol.proto.AppVersion DEVICE_VERSION =
            io.greenfinch.protocol.proto.AppVersion.newBuilder()
                    .setPrimary(0)
                    .setSecondary(1)
                    .setTertiary(0)
                    .build();

    private PayloadCodec() {}

    static byte[] encode(ClientHelloPayload payload) {
        ClientPayload.Builder out = ClientPayload.newBuilder()
                .setUserAgent(userAgent(payload.version()))
                .setWebInfo(WebInfo.newBuilder().setWebSubPlatform(WEB_BROWSER))
                .setConnectType(WIFI_UNKNOWN)
                .setConnectReason(USER_ACTIVATED);
        payload.pushName().ifPresent(out::setPushName);
        switch (payload) {
            case ClientHelloPayload.Registration registration ->
                out.setPassive(false).setPull(false).setDevicePairingData(pairingData(registration.device()));
            case ClientHelloPayload.Login login ->
                out.setPassive(true)
                        .setPull(true)
                        .setUsername(login.phone())
                        .setDevice(login.device())
                        .setLidDbMigrated(true)
                        .setLc(1);
        }
        return out.build().toByteArray();
    }

    private static UserAgent userAgent(AppVersion version) {
        return UserAgent.newBuilder()
                .setPlatform(PLATFORM_WEB)
                .setAppVersion(io.greenfinch.protocol.proto.AppVersion.newBuilder()
                        .setPrimary(version.primary())
                        .setSecondary(version.secondary())
                        .setTertiary(version.tertiary()))
                .setMcc("000")
                .setMnc("000")
                .setOsVersion("0.1")
                .setManufacturer("")
                .setDevice("Desktop")
                .setOsBuildNumber("0.1")
                .setReleaseChannel(RELEASE)
                .setLocaleLanguage("en")
                .setLocaleCountry("US")
                .build();
    }

    private static DevicePairingRegistrationData pairingData(DeviceRegistration device) {
        byte[] registrationId = ByteBuffer.allocate(REGISTRATION_ID_LENGTH)
                .putInt(device.registrationId())
                .array();
        byte[] preKeyId = {
            (byte) (device.signedPreKeyId() >> 16),
            (byte) (device.signedPreKeyId() >> 8),
            (byte) device.signedPreKeyId()
        };
        DeviceProps props = DeviceProps.newBuilder()
                .setOs(device.os())
                .setVersion(DEVICE_VERSION)
                .setPlatformType(device.platformType())
                .setRequireFullSync(false)
                .build();
        return DevicePairingRegistrationData.newBuilder()
                .setRegistrationId(ByteString.copyFrom(registrationId))
                .setKeyType(ByteString.copyFrom(new byte[] {PublicKeys.TYPE}))
                .setIdentity(ByteString.copyFrom(device.identityKey()))
                .setSignedPrekeyId(ByteString.copyFrom(preKeyId))
                .setSignedPrekey(ByteString.copyFrom(device.signedPreKey()))
                .setSignedPrekeySignature(ByteString.copyFrom(device.signedPreKeySignature()))
                .setBuildHash(ByteString.copyFrom(device.buildHash()))
                .setDeviceProps(props.toByteString())
                .build();
    }

    static ClientHelloPayload decode(byte[] bytes) {
        try {
            ClientPayload in = ClientPayload.parseFrom(bytes);
            io.greenfinch.protocol.proto.AppVersion claimed = in.getUserAgent().getAppVersion();
            AppVersion version = new AppVersion(claimed.getPrimary(), claimed.getSecondary(), claimed.getTertiary());
            Optional<String> pushName = in.hasPushName() ? Optional.of(in.getPushName()) : Optional.empty();
            if (in.hasUsername()) {
                return new ClientHelloPayload.Login(version, in.getUsername(), in.getDevice(), pushName);
            }
            if (in.hasDevicePairingData()) {
                return new ClientHelloPayload.Registration(version, pushName, device(in.getDevicePairingData()));
            }
            throw new MalformedPayloadException("a client payload without a user and without pairing data");
        } catch (InvalidProtocolBufferException e) {
            throw new MalformedPayloadException("no client payload", e);
        } catch (IllegalArgumentException e) {
            throw new MalformedPayloadException("a client payload that can't be: " + e.getMessage(), e);
        }
    }

    private static DeviceRegistration device(DevicePairingRegistrationData in) throws InvalidProtocolBufferException {
        ByteString keyType = in.getKeyType();
        if (keyType.size() != 1 || keyType.byteAt(0) != PublicKeys.TYPE) {
            throw new MalformedPayloadException("a key that isn't of Curve25519");
        }
        DeviceProps props = DeviceProps.parseFrom(in.getDeviceProps());
        return new DeviceRegistration(
                bigEndian("registration id", in.getRegistrationId(), REGISTRATION_ID_LENGTH),
                in.getIdentity().toByteArray(),
                bigEndian("signed prekey id", in.getSignedPrekeyId(), PREKEY_ID_LENGTH),
                in.getSignedPrekey().toByteArray(),
                in.getSignedPrekeySignature().toByteArray(),
                in.getBuildHash().toByteArray(),
                props.getOs(),
                props.getPlatformType());
    }

    private static int bigEndian(String what, ByteString bytes, int length) {
        if (bytes.size() != length) {
            throw new MalformedPayloadException(what + " of " + bytes.size() + " bytes");
        }
        int value = 0;
        for (int i = 0; i < length; i++) {
            value = value << 8 | (bytes.byteAt(i) & 0xFF);
        }
        return value;
    }
}
