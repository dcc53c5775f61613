package io.greenfinch.client.message;

import com.google.protobuf.InvalidProtocolBufferException;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.proto.LidMigrationMapping;
import io.greenfinch.protocol.proto.LidMigrationMappingSyncMessage;
import io.greenfinch.protocol.proto.LidMigrationMappingSyncPayload;
import java.util.List;

/** The two names of somebody, as our phone tells them (specification §22, §31.5). */
record ToldNames(Jid pn, Jid lid) {

    /** So many are taken from one message; who else there is, is learnt from them when they write. */
    private static final int MOST = 10_000;

    /** Those in a message; none when it is none of these. */
    static List<ToldNames> of(LidMigrationMappingSyncMessage told) {
        try {
            return LidMigrationMappingSyncPayload.parseFrom(told.getEncodedMappingPayload())
                    .getPnToLidMappingsList()
                    .stream()
                    .filter(names -> names.getPn() != 0 && lid(names) != 0)
                    .limit(MOST)
                    .map(names -> new ToldNames(
                            Jid.pn(Long.toUnsignedString(names.getPn())), Jid.lid(Long.toUnsignedString(lid(names)))))
                    .toList();
        } catch (InvalidProtocolBufferException e) {
            return List.of(); // it tells nothing
        }
    }

    private static long lid(LidMigrationMapping names) {
        return names.getLatestLid() == 0 ? names.getAssignedLid() : names.getLatestLid();
    }
}
