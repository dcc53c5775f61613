package io.greenfinch.client.message;

import io.greenfinch.protocol.binary.Jid;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The devices that a message is for.
 *
 * @param chat the address of the stanza
 * @param naming how a group names its members
 * @param devices of the person; or of all members of the group, or all who may see a status update, ours among them but for this one
 * @param own the other devices of our account, for a person; they get a copy
 * @param self this device, as it is named among the others, where all get the same ciphertext; empty for a person
 */
record Recipients(Jid chat, Optional<GroupNaming> naming, List<Jid> devices, List<Jid> own, Optional<Jid> self) {

    /** How a group names its members (specification §16.1). */
    enum GroupNaming {
        PN,
        LID;

        /** The value of the attribute {@code addressing_mode}. */
        String word() {
            return this == LID ? "lid" : "pn";
        }
    }

    /** Those who get a ciphertext that all can read: what a business host holds reads only what is sent to it (specification §14.3). */
    static List<Jid> sharing(List<Jid> devices) {
        return devices.stream().filter(device -> !device.isHosted()).toList();
    }

    /** Without whom a message is for nobody: the phone of the person. In a group who lacks it can ask for it. */
    Set<Jid> needed() {
        return devices.stream()
                .filter(device -> !shared() && device.device() == 0)
                .collect(Collectors.toSet());
    }

    /** Whether all get the same ciphertext, by a key that they are told. */
    boolean shared() {
        return self.isPresent();
    }

    List<Jid> all() {
        List<Jid> all = new ArrayList<>(devices);
        all.addAll(own);
        return all;
    }

    /** All devices, this one too, as the hash over them counts (specification §6). */
    List<Jid> counted() {
        List<Jid> counted = new ArrayList<>(devices);
        self.ifPresent(counted::add);
        return counted;
    }
}
