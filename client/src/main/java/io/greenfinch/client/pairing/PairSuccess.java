package io.greenfinch.client.pairing;

import io.greenfinch.client.Account;
import io.greenfinch.client.keys.Credentials;
import io.greenfinch.client.keys.DeviceKeys;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import io.greenfinch.protocol.pairing.DeviceIdentity;
import io.greenfinch.protocol.pairing.DeviceIdentity.Acceptance;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a phone says when it takes us in, checked (specification §7.3, §7.4). */
sealed interface PairSuccess {

    /** A phone number that can log in: it must fit the login's number. */
    Pattern PHONE_NUMBER = Pattern.compile("[1-9][0-9]{4,17}");

    /** It is genuine. The confirmation is to be sent once the credentials are stored. */
    record Accepted(Credentials credentials, Node confirmation) implements PairSuccess {}

    /** It is not; the server is to hear this. */
    record Refused(int code, String text) implements PairSuccess {}

    /**
     * Checks it.
     *
     * @param codeSecrets further secrets under which the phone may speak, besides that of the QR code
     */
    static PairSuccess check(Node success, DeviceKeys keys, List<byte[]> codeSecrets, SecureRandom random) {
        Optional<Jid> pn =
                success.child("device").flatMap(device -> device.jid("jid")).filter(PairSuccess::isCompanion);
        if (pn.isEmpty()) {
            return new Refused(500, "internal-error");
        }
        byte[] identity = success.child("device-identity").map(Node::content).orElse(new byte[0]);
        PairSuccess outcome = check(identity, success, pn.get(), keys, random);
        for (byte[] secret : codeSecrets) {
            if (outcome instanceof Refused) {
                outcome = check(identity, success, pn.get(), keys.withAdvSecret(secret), random);
            }
        }
        return outcome;
    }

    private static PairSuccess check(byte[] identity, Node success, Jid pn, DeviceKeys keys, SecureRandom random) {
        return switch (DeviceIdentity.accept(identity, keys.advSecret(), keys.identity(), random)) {
            case Acceptance.Rejected rejected -> new Refused(rejected.code(), rejected.text());
            case Acceptance.Accepted accepted ->
                new Accepted(
                        credentials(success, pn, keys, accepted),
                        Node.element("pair-device-sign")
                                .child(Node.element("device-identity")
                                        .attribute("key-index", accepted.keyIndex())
                                        .bytes(accepted.reply()))
                                .build());
        };
    }

    /** True for an address that can log in: a phone number and a device of it that is not the phone. */
    private static boolean isCompanion(Jid jid) {
        return jid.isPn()
                && jid.device() > 0
                && PHONE_NUMBER.matcher(jid.user()).matches();
    }

    private static Credentials credentials(Node success, Jid pn, DeviceKeys keys, Acceptance.Accepted accepted) {
        Optional<Jid> lid =
                success.child("device").flatMap(device -> device.jid("lid")).filter(Jid::isLid);
        String platform = success.child("platform")
                .flatMap(node -> node.attribute("name"))
                .orElse("");
        String business =
                success.child("biz").flatMap(node -> node.attribute("name")).orElse("");
        return Credentials.first(keys, new Account(pn, lid, platform), accepted.full(), business);
    }
}
