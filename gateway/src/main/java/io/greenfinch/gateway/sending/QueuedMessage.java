package io.greenfinch.gateway.sending;

import com.google.protobuf.InvalidProtocolBufferException;
import io.greenfinch.gateway.chat.StatusAudience;
import io.greenfinch.gateway.file.FileLink;
import io.greenfinch.gateway.http.Json;
import io.greenfinch.gateway.preview.PreviewWish;
import io.greenfinch.gateway.store.SendQueueTable.Item;
import io.greenfinch.protocol.proto.Message;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the queue keeps of a message. {@link #toString} does not show it.
 *
 * @param request what the queue shows of it
 * @param until when it is too late for it
 * @param preview what is to be shown of a link, which is not known yet
 * @param file the file that is to be stored on WhatsApp's hosts before the message can be sent
 * @param audience who may see it, of a status update
 */
record QueuedMessage(
        JsonNode request,
        Message message,
        Optional<Instant> until,
        Optional<PreviewWish> preview,
        Optional<FileLink> file,
        Optional<StatusAudience> audience) {

    private static final String WANTS = "wants";
    private static final byte[] WANTING = ("{\"" + WANTS + "\":").getBytes(StandardCharsets.UTF_8);

    /** Whether something is to be done before the message can be sent, seen without reading it. */
    static boolean wants(Item item) {
        return Arrays.mismatch(item.body(), WANTING) >= WANTING.length;
    }

    /**
     * For how many milliseconds typing is shown before it: as the caller wanted, else as is usual, if it is one before which any
     * is shown.
     */
    long typing(long usual) {
        JsonNode time = request.path("typingTime");
        if (time.isMissingNode()) {
            return 0;
        }
        return time.isNumber() ? time.longValue() : usual;
    }

    byte[] bytes() {
        ObjectNode node = Json.object();
        if (preview.isPresent() || file.isPresent()) {
            node.put(WANTS, true); // the first of all members
        }
        node.set("request", request);
        node.put("message", message.toByteArray());
        until.ifPresent(moment -> node.put("until", moment.toEpochMilli()));
        preview.ifPresent(wish -> node.set("preview", wish.node()));
        file.ifPresent(
                link -> node.putObject("file").put("instance", link.instance()).put("id", link.id()));
        audience.ifPresent(people -> node.set("audience", people.node()));
        return Json.bytes(node);
    }

    /** The same, to which nothing more is to be done. */
    QueuedMessage with(Message whole) {
        return new QueuedMessage(request, whole, until, Optional.empty(), Optional.empty(), audience);
    }

    /** What was queued; empty when that can't be read. */
    static Optional<QueuedMessage> of(Item item) {
        try {
            JsonNode node = Json.parse(new String(item.body(), StandardCharsets.UTF_8));
            return Optional.of(new QueuedMessage(
                    node.path("request"),
                    Message.parseFrom(node.path("message").binaryValue()),
                    Optional.of(node.path("until"))
                            .filter(JsonNode::isNumber)
                            .map(moment -> Instant.ofEpochMilli(moment.longValue())),
                    PreviewWish.of(node.path("preview")),
                    Optional.of(node.path("file"))
                            .filter(JsonNode::isObject)
                            .map(link -> new FileLink(
                                    link.path("instance").longValue(),
                                    link.path("id").asString(""))),
                    StatusAudience.of(node.path("audience"))));
        } catch (InvalidProtocolBufferException | JacksonException e) {
            return Optional.empty(); // what is wrong with it would tell what was written
        }
    }

    @Override
    public String toString() {
        return "QueuedMessage[hidden]";
    }
}
