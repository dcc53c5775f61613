package io.greenfinch.simulator.request;

import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import io.greenfinch.protocol.curve.SignedPreKey;
import io.greenfinch.simulator.account.Companion;
import io.greenfinch.simulator.account.Device;
import io.greenfinch.simulator.account.PreKeyStock;
import io.greenfinch.simulator.account.PublicPreKey;
import io.greenfinch.simulator.account.PublicSignedPreKey;
import io.greenfinch.simulator.group.ServiceRefusal;
import io.greenfinch.simulator.notification.LowPreKeys;
import io.greenfinch.simulator.stanza.DeviceStanzas;
import io.greenfinch.simulator.stanza.ServerStanzas;
import io.greenfinch.simulator.world.World;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Keeping companions' prekeys and handing them out (specification §12). */
final class PreKeyIqs {

    private static final String XMLNS = "encrypt";
    private static final int KEY = 32;
    private static final int ID = 3;

    private final World world;
    private final LowPreKeys low;

    private PreKeyIqs(World world, Supplier<String> ids) {
        this.world = world;
        this.low = new LowPreKeys(world, ids);
    }

    static void register(IqRouter router, World world, Supplier<String> ids) {
        PreKeyIqs iqs = new PreKeyIqs(world, ids);
        router.on(XMLNS, "get", "count", PreKeyIqs::count)
                .on(XMLNS, "get", "digest", PreKeyIqs::digest)
                .on(XMLNS, "get", "key", iqs::bundles)
                .on(XMLNS, "set", "rotate", PreKeyIqs::rotate)
                .on(XMLNS, "set", "", iqs::upload);
    }

    private static IqAnswer count(IqRequest request) {
        return IqAnswer.result(Node.element("count")
                .attribute("value", request.device().preKeys().size())
                .build());
    }

    private IqAnswer upload(IqRequest request) {
        Node iq = request.iq();
        Companion device = request.device();
        Optional<PublicSignedPreKey> signed = iq.child("skey").flatMap(PreKeyIqs::signedKey);
        Optional<List<PublicPreKey>> keys = iq.child("list").flatMap(PreKeyIqs::keys);
        if (signed.isEmpty() || keys.isEmpty()) {
            return IqAnswer.refused(ServiceRefusal.BAD_REQUEST);
        }
        byte[] identity = iq.child("identity").map(Node::content).orElse(new byte[0]);
        if (!Arrays.equals(identity, device.identityKey())) {
            return IqAnswer.refused(ServiceRefusal.CONFLICT);
        }
        if (!genuine(device, signed.get())
                || device.preKeys().size() + keys.get().size() > PreKeyStock.MAX_KEYS) {
            return IqAnswer.refused(ServiceRefusal.NOT_ACCEPTABLE);
        }
        device.signedPreKey(signed.get());
        if (device.equip(keys.get())) {
            world.equipped(device);
        }
        return IqAnswer.result();
    }

    private static IqAnswer rotate(IqRequest request) {
        Optional<PublicSignedPreKey> signed = request.child().child("skey").flatMap(PreKeyIqs::signedKey);
        if (signed.isEmpty()) {
            return IqAnswer.refused(ServiceRefusal.BAD_REQUEST);
        }
        if (!genuine(request.device(), signed.get())) {
            return IqAnswer.refused(ServiceRefusal.NOT_ACCEPTABLE);
        }
        request.device().signedPreKey(signed.get());
        return IqAnswer.result();
    }

    private static boolean genuine(Companion device, PublicSignedPreKey key) {
        return SignedPreKey.verify(device.identityKey(), key.key(), key.signature());
    }

    private static Optional<List<PublicPreKey>> keys(Node list) {
        List<PublicPreKey> keys = new ArrayList<>();
        for (Node key : list.children("key")) {
            byte[] id = key.child("id").map(Node::content).orElse(new byte[0]);
            byte[] value = key.child("value").map(Node::content).orElse(new byte[0]);
            if (id.length != ID || value.length != KEY) {
                return Optional.empty();
            }
            keys.add(new PublicPreKey(ServerStanzas.number(id), value));
        }
        return keys.isEmpty() ? Optional.empty() : Optional.of(keys);
    }

    private static Optional<PublicSignedPreKey> signedKey(Node key) {
        byte[] id = key.child("id").map(Node::content).orElse(new byte[0]);
        byte[] value = key.child("value").map(Node::content).orElse(new byte[0]);
        byte[] signature = key.child("signature").map(Node::content).orElse(new byte[0]);
        return id.length == ID && value.length == KEY
                ? Optional.of(new PublicSignedPreKey(ServerStanzas.number(id), value, signature))
                : Optional.empty();
    }

    /** What the server has of this companion, for it to compare; 404 when it has nothing to hand out (specification §12.4). */
    private static IqAnswer digest(IqRequest request) {
        Companion device = request.device();
        List<PublicPreKey> keys = device.preKeys().keys();
        if (keys.isEmpty()) {
            return IqAnswer.refused(ServiceRefusal.ITEM_NOT_FOUND);
        }
        Node.Builder list = Node.element("list");
        keys.forEach(key -> list.child(Node.bytes("id", ServerStanzas.int24(key.id()))));
        return IqAnswer.result(Node.element("digest")
                .child(DeviceStanzas.registration(device.registrationId()))
                .child(DeviceStanzas.type())
                .child(DeviceStanzas.identity(device.identityKey()))
                .child(DeviceStanzas.signedPreKey(device.signedPreKey()))
                .child(list)
                .child(Node.bytes("hash", hash(device, keys)))
                .build());
    }

    private static byte[] hash(Companion device, List<PublicPreKey> keys) {
        try {
            MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
            sha1.update(device.identityKey());
            sha1.update(device.signedPreKey().key());
            sha1.update(device.signedPreKey().signature());
            keys.forEach(key -> sha1.update(key.key()));
            return sha1.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-1", e);
        }
    }

    private IqAnswer bundles(IqRequest request) {
        List<Node> users = request.child().children("user");
        if (users.isEmpty() || users.stream().anyMatch(user -> user.jid("jid").isEmpty())) {
            return IqAnswer.refused(ServiceRefusal.BAD_REQUEST);
        }
        Node.Builder list = Node.element("list");
        users.forEach(user -> list.child(bundle(user.jid("jid").orElseThrow())));
        return IqAnswer.result(list.build());
    }

    /** A device's keys, under the address it was asked for by. */
    private Node bundle(Jid jid) {
        Node.Builder user = Node.element("user").attribute("jid", jid);
        Optional<Device> device = world.accounts().device(jid);
        if (device.isEmpty()) {
            return user.child(ServerStanzas.error(ServiceRefusal.ITEM_NOT_FOUND))
                    .build();
        }
        Device owner = device.get();
        user.attribute("t", world.seconds())
                .child(DeviceStanzas.registration(owner.registrationId()))
                .child(DeviceStanzas.type())
                .child(DeviceStanzas.identity(owner.identityKey()));
        owner.takePreKey().ifPresent(key -> {
            user.child(DeviceStanzas.preKey(key));
            low.check(owner);
        });
        user.child(DeviceStanzas.signedPreKey(owner.signedPreKey()));
        owner.signedIdentity().ifPresent(identity -> user.child(Node.bytes("device-identity", identity)));
        return user.build();
    }
}
