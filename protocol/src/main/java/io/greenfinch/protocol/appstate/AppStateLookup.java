package io.greenfinch.protocol.appstate;

import com.google.protobuf.ByteString;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/** What must be known to read or write a patch. */
public interface AppStateLookup {

    /** The key of this id, as the phone has shared it. */
    Optional<AppStateKey> key(ByteString id);

    /** The value MACs of those entries that there are, by index MAC. */
    Map<ByteString, ByteString> valueMacs(Collection<ByteString> indexMacs);
}
