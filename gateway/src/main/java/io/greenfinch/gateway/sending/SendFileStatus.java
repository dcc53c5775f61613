package io.greenfinch.gateway.sending;

import io.greenfinch.gateway.chat.FileKind;
import io.greenfinch.gateway.chat.FileWriting;
import io.greenfinch.gateway.chat.StatusAudience;
import io.greenfinch.gateway.chat.StatusLook;
import io.greenfinch.gateway.http.ApiMethod;
import io.greenfinch.gateway.http.Call;
import io.greenfinch.gateway.http.Descriptor;
import io.greenfinch.gateway.http.Field;
import io.greenfinch.gateway.http.FieldType;
import io.greenfinch.gateway.http.FileReply;
import io.greenfinch.gateway.http.Reply;
import io.greenfinch.gateway.instance.Instance;
import io.greenfinch.gateway.media.UrlFile;
import io.greenfinch.gateway.sending.FileDrafts.Wanted;
import io.greenfinch.gateway.store.ContactTable;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.proto.Message;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * Gives a status update with a file to the queue of what is to be sent: a picture or a film, or something spoken (green-api.md §13).
 *
 * @param voice whether it is for what is spoken
 */
public record SendFileStatus(Sending sending, FetchedFiles files, ContactTable contacts, boolean voice)
        implements ApiMethod.OfInstance {

    private static final Field<Optional<String>> CAPTION = Field.optional("caption", FieldType.TEXT.notLonger(1024));

    /** The method for pictures and films. */
    public static SendFileStatus ofMedia(Sending sending, FetchedFiles files, ContactTable contacts) {
        return new SendFileStatus(sending, files, contacts, false);
    }

    /** The method for what is spoken. */
    public static SendFileStatus ofVoice(Sending sending, FetchedFiles files, ContactTable contacts) {
        return new SendFileStatus(sending, files, contacts, true);
    }

    private String name() {
        return voice ? "sendVoiceStatus" : "sendMediaStatus";
    }

    @Override
    public Descriptor descriptor() {
        return Descriptor.post(name(), 5)
                .taking(
                        FetchedFiles.URL,
                        FetchedFiles.NAME,
                        voice ? StatusFields.BACKGROUND : CAPTION,
                        StatusFields.PARTICIPANTS)
                .answering(Sending.ANSWER)
                .withReasons(400, UrlFile.REASONS)
                .withReasons(503, FileReply.UNAVAILABLE)
                .withReasons(507, FileReply.NO_ROOM);
    }

    @Override
    public Reply handle(Call call, Instance instance) {
        String name = FileDrafts.name(call.get(FetchedFiles.NAME));
        FileKind kind = FileKind.of(name);
        boolean spoken = kind == FileKind.AUDIO || kind == FileKind.VOICE;
        if (voice ? !spoken : kind != FileKind.IMAGE && kind != FileKind.VIDEO) {
            return Reply.error(
                    400, "'fileName' must have an extension of " + (voice ? "a sound" : "a picture or a film"));
        }
        StatusAudience audience = StatusFields.audience(call, instance, sending.messages(), contacts);
        ObjectNode request = voice ? StatusFields.look(call) : SendFields.captioned(call.get(CAPTION));
        Optional<String> background = voice ? StatusFields.filled(call.get(StatusFields.BACKGROUND)) : Optional.empty();
        String caption = voice ? "" : call.get(CAPTION).orElse("");
        Wanted wanted = new Wanted(name, voice ? FileKind.VOICE : kind, caption, (file, placed) -> {
            Message message = FileWriting.file(file, Optional.empty());
            return Draft.file(
                            name(),
                            Jid.STATUS,
                            StatusFields.with(
                                    audience,
                                    request.put("urlFile", placed.address()).put("fileName", name)),
                            voice ? new StatusLook(background, Optional.empty()).voice(message) : message,
                            placed,
                            name)
                    .seenBy(audience);
        });
        return files.send(call, instance, wanted);
    }
}
