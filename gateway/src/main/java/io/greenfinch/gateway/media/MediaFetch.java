package io.greenfinch.gateway.media;

import io.greenfinch.client.Session;
import io.greenfinch.client.media.MediaReference;
import io.greenfinch.client.stanza.Outcome;
import io.greenfinch.client.stanza.Refusal;
import io.greenfinch.client.stanza.Silence;
import io.greenfinch.gateway.chat.ChatNames;
import io.greenfinch.gateway.chat.JournalBody;
import io.greenfinch.gateway.file.FileDescription;
import io.greenfinch.gateway.file.FileLinks;
import io.greenfinch.gateway.instance.Instance;
import io.greenfinch.gateway.instance.Instances;
import io.greenfinch.gateway.store.MessageTable;
import io.greenfinch.gateway.store.MessageTable.Entry;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.media.MediaDigest;
import io.greenfinch.protocol.message.FileContent;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/** Fetches what messages of the journal tell of from WhatsApp. Thread-safe; blocks. */
record MediaFetch(Instances instances, MessageTable messages) {

    /**
     * Fetches the file of a message.
     *
     * @param into where it will be
     * @throws IOException when it can't be written there
     */
    Outcome<MediaDigest> fetch(long instance, FileDescription.Source source, Path into, Instant deadline)
            throws IOException {
        Optional<MediaReference> reference = messages.find(instance, source.chat(), source.id())
                .or(() -> messages.sent(instance, source.id())) // the chat may bear another name by now
                .flatMap(MediaFetch::reference);
        if (reference.isEmpty()) {
            return new Outcome.Refused<>(Refusal.GONE, 0);
        }
        Optional<Session> session = instances.find(instance).flatMap(Instance::session);
        return session.isEmpty()
                ? new Outcome.Unknown<>(Silence.NOT_LINKED)
                : session.get().media().download(reference.get(), into, FileLinks.LARGEST, deadline);
    }

    private static Optional<MediaReference> reference(Entry entry) {
        return JournalBody.of(entry)
                .flatMap(JournalBody::envelope)
                .flatMap(message -> FileContent.of(message.content()))
                .map(file -> new MediaReference(file, Optional.of(origin(entry))));
    }

    private static MediaReference.Origin origin(Entry entry) {
        Jid chat = ChatNames.jid(entry.chat());
        return new MediaReference.Origin(
                entry.id(),
                chat,
                entry.outgoing(),
                Optional.of(entry.sender())
                        .filter(sender -> chat.isGroup() && !sender.isEmpty())
                        .map(ChatNames::jid));
    }
}
