package io.greenfinch.gateway.media;

import io.greenfinch.client.stanza.Outcome;
import io.greenfinch.gateway.chat.ChatNames;
import io.greenfinch.gateway.chat.DataContent;
import io.greenfinch.gateway.chat.JournalBody;
import io.greenfinch.gateway.file.FileLink;
import io.greenfinch.gateway.file.FileLinks;
import io.greenfinch.gateway.group.ChatIds;
import io.greenfinch.gateway.group.MessageIds;
import io.greenfinch.gateway.http.ApiMethod;
import io.greenfinch.gateway.http.Call;
import io.greenfinch.gateway.http.Descriptor;
import io.greenfinch.gateway.http.Field;
import io.greenfinch.gateway.http.FileReply;
import io.greenfinch.gateway.http.Json;
import io.greenfinch.gateway.http.Reply;
import io.greenfinch.gateway.http.Shape;
import io.greenfinch.gateway.instance.Instance;
import io.greenfinch.gateway.store.MessageTable;
import io.greenfinch.gateway.store.MessageTable.Entry;
import io.greenfinch.gateway.store.MessageTable.Revision;
import io.greenfinch.gateway.store.Row;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.media.MediaDigest;
import java.util.Optional;

/** Sees that the file of a message is here, and tells its link (green-api.md §6.4). */
public record DownloadFile(MessageTable messages, StoredFiles files) implements ApiMethod.OfInstance {

    private static final Field<Jid> CHAT = Field.required("chatId", ChatIds.CHAT_ID);
    private static final Field<String> ID = Field.required("idMessage", MessageIds.MESSAGE_ID);

    @Override
    public Descriptor descriptor() {
        return Descriptor.post("downloadFile", 5)
                .taking(CHAT, ID)
                .answering(Shape.object("downloadUrl", Shape.FILLED))
                .withReasons(404, "gone damaged too-large")
                .withReasons(503, FileReply.UNAVAILABLE)
                .withReasons(507, FileReply.NO_ROOM);
    }

    @Override
    public Reply handle(Call call, Instance instance) {
        String id = call.get(ID);
        Optional<Entry> entry = messages.find(instance.id(), ChatNames.of(call.get(CHAT)), id);
        if (entry.isEmpty()) {
            return Reply.error(400, "Message not found by id " + id);
        }
        Optional<DataContent> content = entry.flatMap(JournalBody::of)
                .map(JournalBody::content)
                .filter(DataContent.class::isInstance)
                .map(DataContent.class::cast)
                .filter(DataContent::isFile);
        if (content.isEmpty()) {
            return Reply.error(400, "Message " + id + " brings no file");
        }
        String path = content.get().fileText(DataContent.DOWNLOAD_URL);
        if (path.equals(FileLinks.TOO_LARGE)) {
            return Reply.error(404, "The file of message " + id + " is too large")
                    .withReason("too-large");
        }
        Arrival arrival = FileLink.of(path)
                .map(link -> files.find(link, LinkedFiles.before(call.deadline())))
                .orElseGet(Arrival.Nowhere::new);
        return arrival instanceof Arrival.Nowhere ? anew(instance, entry.get(), call) : told(arrival, path);
    }

    /** Its link has had its time, or it never had one: while WhatsApp has the file the message gets another. */
    private Reply anew(Instance instance, Entry entry, Call call) {
        JournalBody body = JournalBody.of(entry).orElseThrow();
        FileLinks.Linked linked =
                files.links().link(instance.id(), entry.chat(), entry.id(), body.envelope(), body.content());
        String path = linked.content() instanceof DataContent data ? data.fileText(DataContent.DOWNLOAD_URL) : "";
        Optional<FileLink> link = FileLink.of(path);
        if (linked.rows().isEmpty() || link.isEmpty()) {
            return Reply.error(404, "Nobody has the file any more").withReason("gone");
        }
        Row revision = messages.revise(
                instance.id(),
                entry.chat(),
                entry.id(),
                found -> new Revision(
                        found.flatMap(JournalBody::of)
                                .map(known -> known.with(linked.content()).bytes()),
                        linked.rows()));
        files.store(revision);
        return told(files.find(link.get(), LinkedFiles.before(call.deadline())), path);
    }

    private Reply told(Arrival arrival, String path) {
        return switch (arrival) {
            case Arrival.Here _ -> Reply.ok(Json.object().put("downloadUrl", files.address(path)));
            case Arrival.Nowhere _ ->
                Reply.error(404, "The time of the file is over").withReason("gone");
            case Arrival.Missing(Outcome<MediaDigest> why) -> LinkedFiles.missing(why);
            case Arrival.Away _ -> FileReply.unavailable();
            case Arrival.NoRoom _ -> FileReply.noRoom();
        };
    }
}
