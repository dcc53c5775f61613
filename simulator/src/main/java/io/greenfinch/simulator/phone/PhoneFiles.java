package io.greenfinch.simulator.phone;

import io.greenfinch.protocol.binary.Node;
import io.greenfinch.protocol.media.MediaKeys;
import io.greenfinch.protocol.media.MediaRetry;
import io.greenfinch.protocol.message.FileContent;
import io.greenfinch.simulator.account.Companion;
import io.greenfinch.simulator.media.MediaHost;
import io.greenfinch.simulator.world.World;
import java.util.Base64;
import java.util.Optional;

/** Stores files again for companions that can't fetch them any more (specification §20.5). Guarded by the world's lock. */
record PhoneFiles(World world, MediaHost media) {

    void answer(PhoneState me, Node receipt) {
        Optional<Companion> asking = receipt.jid("from")
                .flatMap(world.accounts()::companion)
                .filter(companion -> companion.account() == me.owner());
        Optional<Node> about = receipt.child("rmr");
        String id = receipt.attribute("id").orElse("");
        if (asking.isEmpty() || about.isEmpty()) {
            return;
        }
        Node.Builder notification = Node.element("notification")
                .attribute("from", me.owner().pn())
                .attribute("type", "mediaretry")
                .attribute("id", id)
                .attribute("t", world.seconds());
        Optional<FileContent> file = me.messages()
                .get(id)
                .flatMap(known -> FileContent.of(known.content()))
                .filter(told -> told.mediaKey().length == MediaKeys.MEDIA_KEY_LENGTH && asks(told, id, receipt));
        file.ifPresentOrElse(
                known -> {
                    String token = Base64.getUrlEncoder().withoutPadding().encodeToString(known.encryptedSha256());
                    MediaRetry.Sealed answer = new MediaRetry(known.mediaKey(), id)
                            .sealed(new MediaRetry.Answer(media.storeAgain(token)), world.random());
                    notification.child(Node.element("encrypt")
                            .child(Node.bytes("enc_p", answer.payload()))
                            .child(Node.bytes("enc_iv", answer.iv())));
                },
                () -> notification.child(Node.element("error").attribute("code", 2)));
        asking.get().deliver(notification.child(about.get()).build());
    }

    private static boolean asks(FileContent file, String id, Node receipt) {
        return receipt.child("encrypt")
                .flatMap(wish -> wish.child("enc_iv")
                        .flatMap(iv -> wish.child("enc_p")
                                .map(payload -> new MediaRetry.Sealed(iv.content(), payload.content()))))
                .filter(new MediaRetry(file.mediaKey(), id)::isWish)
                .isPresent();
    }
}
