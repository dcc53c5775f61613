package io.greenfinch.protocol.appstate;

import com.google.protobuf.ByteString;
import io.greenfinch.protocol.proto.SyncActionValue;

/**
 * That an entry was set or removed.
 *
 * @param removal whether it was removed
 * @param index what it is about
 * @param value what was set; of a removal, what was there as a rule
 * @param indexMac by which the entry is found again
 * @param valueMac what it counts for in the sum over its collection
 */
public record AppStateMutation(
        boolean removal, ActionIndex index, SyncActionValue value, ByteString indexMac, ByteString valueMac) {

    @Override
    public String toString() {
        return "AppStateMutation[" + (removal ? "removal of " : "") + index.action() + "]";
    }
}
