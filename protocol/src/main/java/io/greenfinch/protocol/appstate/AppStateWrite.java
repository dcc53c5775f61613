package io.greenfinch.protocol.appstate;

import io.greenfinch.protocol.proto.SyncActionValue;

/**
 * An entry that is to be set or removed.
 *
 * @param collection where it belongs
 * @param removal whether it is to be removed
 * @param index what it is about
 * @param value what is to be set; of a removal, what was there or nothing
 * @param version of this kind of action, as WhatsApp counts them
 */
public record AppStateWrite(
        AppStateCollection collection, boolean removal, ActionIndex index, SyncActionValue value, int version) {

    @Override
    public String toString() {
        return "AppStateWrite[" + (removal ? "removal of " : "") + index.action() + "]";
    }
}
