package io.greenfinch.protocol.pairing;

import io.greenfinch.protocol.binary.Jid;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.stream.Collectors;

/** The hash over a list of devices that clients compare with their own ("phash", specification §6). */
public final class DeviceListHash {

    private static final int KEPT = 6;

    private DeviceListHash() {}

    /** The hash of these devices, in any order, for example {@code 2:BhH+vRsN}. */
    public static String of(Collection<Jid> devices) {
        String all = devices.stream()
                .map(device -> device.user() + ".0:" + device.device() + "@" + device.server())
                .sorted()
                .collect(Collectors.joining());
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(all.getBytes(StandardCharsets.UTF_8));
            return "2:" + Base64.getEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, KEPT));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
