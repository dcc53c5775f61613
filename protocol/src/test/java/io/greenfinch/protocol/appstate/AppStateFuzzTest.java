package io.greenfinch.protocol.appstate;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.google.protobuf.ByteString;
import com.google.protobuf.ExtensionRegistryLite;
import com.google.protobuf.InvalidProtocolBufferException;
import io.greenfinch.protocol.proto.SyncdPatch;
import io.greenfinch.protocol.proto.SyncdSnapshot;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

class AppStateFuzzTest {

    private static final AppStateLookup ANY_KEY = new AppStateLookup() {
        @Override
        public Optional<AppStateKey> key(ByteString id) {
            return Optional.of(AppStateKey.derive(id.toByteArray(), new byte[32]));
        }

        @Override
        public Map<ByteString, ByteString> valueMacs(Collection<ByteString> indexMacs) {
            return Map.of();
        }
    };

    /** Nobody finds a MAC by chance. */
    @FuzzTest
    void patch(byte[] bytes) {
        AppStateReader reader = new AppStateReader(AppStateCollection.REGULAR, ANY_KEY);
        try {
            SyncdPatch patch = SyncdPatch.parseFrom(bytes, ExtensionRegistryLite.getEmptyRegistry());
            assertThat(reader.patch(CollectionState.INITIAL, patch, patch.getMutationsList()))
                    .isInstanceOf(Application.Failed.class);
        } catch (InvalidProtocolBufferException _) {
            // no patch
        }
        try {
            SyncdSnapshot snapshot = SyncdSnapshot.parseFrom(bytes, ExtensionRegistryLite.getEmptyRegistry());
            assertThat(reader.snapshot(snapshot)).isInstanceOf(Application.Failed.class);
        } catch (InvalidProtocolBufferException _) {
            // no snapshot
        }
    }

    /** What is read as an index is written so that it is read as the same. */
    @FuzzTest
    void index(byte[] bytes) {
        ActionIndex.read(bytes)
                .ifPresent(index -> assertThat(ActionIndex.read(index.json())).isEqualTo(Optional.of(index)));
        assertThat(ActionIndex.read(
                        ActionIndex.of("mute", new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1))
                                .json()))
                .map(ActionIndex::parts)
                .isEqualTo(
                        Optional.of(List.of("mute", new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1))));
    }
}
