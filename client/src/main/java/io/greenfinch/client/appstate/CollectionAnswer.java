package io.greenfinch.client.appstate;

import com.google.protobuf.InvalidProtocolBufferException;
import io.greenfinch.protocol.appstate.AppStateCollection;
import io.greenfinch.protocol.binary.Node;
import io.greenfinch.protocol.proto.ExternalBlobReference;
import io.greenfinch.protocol.proto.SyncdPatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * What the server tells of one collection (specification §23.2).
 *
 * @param snapshot where all entries are to be had, instead of the patches that made them
 * @param patches that follow, the oldest first
 * @param more whether others follow them
 * @param error why it does not do what was wanted
 */
record CollectionAnswer(
        AppStateCollection collection,
        Optional<ExternalBlobReference> snapshot,
        List<SyncdPatch> patches,
        boolean more,
        OptionalInt error) {

    static final int CONFLICT = 409;

    CollectionAnswer {
        patches = List.copyOf(patches);
    }

    /** Those collections of an answer that we know; empty when it is none, or something in it can't be read. */
    static Optional<List<CollectionAnswer>> read(Node iq) {
        Optional<Node> sync = iq.child("sync");
        if (sync.isEmpty()) {
            return Optional.empty();
        }
        List<CollectionAnswer> answers = new ArrayList<>();
        try {
            for (Node node : sync.get().children("collection")) {
                Optional<AppStateCollection> collection = node.attribute("name").flatMap(AppStateCollection::of);
                if (collection.isPresent()) {
                    answers.add(read(collection.get(), node));
                }
            }
        } catch (InvalidProtocolBufferException _) {
            return Optional.empty();
        }
        return Optional.of(answers);
    }

    private static CollectionAnswer read(AppStateCollection collection, Node node)
            throws InvalidProtocolBufferException {
        Optional<Node> told = node.child("snapshot").filter(blob -> blob.content().length > 0);
        Optional<ExternalBlobReference> snapshot = told.isPresent()
                ? Optional.of(ExternalBlobReference.parseFrom(told.get().content()))
                : Optional.empty();
        List<SyncdPatch> patches = new ArrayList<>();
        for (Node patch : Stream.concat(
                        node.children("patch").stream(),
                        node.child("patches").stream().flatMap(list -> list.children("patch").stream()))
                .toList()) {
            patches.add(SyncdPatch.parseFrom(patch.content()));
        }
        OptionalInt error = node.is("type", "error")
                ? OptionalInt.of((int) Math.min(
                        9999,
                        node.child("error")
                                .map(each -> each.number("code").orElse(0))
                                .orElse(0L)))
                : OptionalInt.empty();
        return new CollectionAnswer(collection, snapshot, patches, node.is("has_more_patches", "true"), error);
    }
}
