package io.greenfinch.gateway.sending;

import io.greenfinch.gateway.chat.ChatNames;
import io.greenfinch.gateway.chat.DataContent;
import io.greenfinch.gateway.chat.MessageContent;
import io.greenfinch.gateway.chat.MessageReading;
import io.greenfinch.gateway.chat.MessageWriting.Known;
import io.greenfinch.gateway.chat.Quote;
import io.greenfinch.gateway.chat.StatusAudience;
import io.greenfinch.gateway.chat.TextContent;
import io.greenfinch.gateway.chat.TextContent.Extra;
import io.greenfinch.gateway.file.FileLink;
import io.greenfinch.gateway.preview.PreviewWish;
import io.greenfinch.gateway.store.Row;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.message.MessageEnvelope;
import io.greenfinch.protocol.proto.Message;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a method wants sent. {@link #toString} does not show what was written.
 *
 * @param type how the queue calls it (green-api.md §8)
 * @param request what the queue shows of it
 * @param content as journals and notifications tell it
 * @param message as WhatsApp has it
 * @param until when it is too late for it
 * @param preview what is to be shown of a link
 * @param file the file that it brings, which is not stored on WhatsApp's hosts yet
 * @param rows what is stored with it
 * @param audience who may see it, of a status update
 */
record Draft(
        String type,
        Jid chat,
        ObjectNode request,
        MessageContent content,
        Message message,
        Optional<Instant> until,
        Optional<PreviewWish> preview,
        Optional<FileLink> file,
        List<Row> rows,
        Optional<StatusAudience> audience) {

    /** Told as what it is. */
    Draft(String type, Jid chat, ObjectNode request, Message message) {
        this(
                type,
                chat,
                request,
                read(message),
                message,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty());
    }

    /** The same, as a status update that they may see. */
    Draft seenBy(StatusAudience people) {
        return new Draft(type, chat, request, content, message, until, preview, file, rows, Optional.of(people));
    }

    /** The same, which is not sent after a moment. */
    Draft notAfter(Instant moment) {
        return new Draft(type, chat, request, content, message, Optional.of(moment), preview, file, rows, audience);
    }

    /**
     * A message that brings a file.
     *
     * @param name of the file
     */
    static Draft file(
            String type, Jid chat, ObjectNode request, Message message, FileDrafts.Placed placed, String name) {
        MessageContent content = read(message) instanceof DataContent data
                ? data.with(DataContent.DOWNLOAD_URL, placed.path()).with(DataContent.FILE_NAME, name)
                : read(message);
        return new Draft(
                type,
                chat,
                request,
                content,
                message,
                Optional.empty(),
                Optional.empty(),
                Optional.of(placed.link()),
                placed.rows(),
                Optional.empty());
    }

    private static MessageContent read(Message message) {
        return MessageReading.of(MessageEnvelope.ofPlain(message.toByteArray()));
    }

    /** A text, told with more to it than there is, as GREEN-API tells what was sent through it. */
    static Draft text(
            String type,
            Jid chat,
            ObjectNode request,
            String text,
            Optional<Known> answered,
            Message message,
            Optional<PreviewWish> preview) {
        return new Draft(
                type,
                chat,
                request,
                new TextContent(text, Optional.of(Extra.NONE), answered.map(Draft::quote)),
                message,
                Optional.empty(),
                preview,
                Optional.empty(),
                List.of(),
                Optional.empty());
    }

    private static Quote quote(Known known) {
        return new Quote(
                known.id(),
                ChatNames.of(known.author()),
                MessageReading.of(Optional.of(known.message())).quoted());
    }

    @Override
    public String toString() {
        return "Draft[" + type + "]";
    }
}
