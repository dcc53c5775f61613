package io.greenfinch.protocol.history;

import com.google.protobuf.CodedOutputStream;
import io.greenfinch.protocol.proto.Conversation;
import io.greenfinch.protocol.proto.HistorySync;
import io.greenfinch.protocol.proto.PhoneNumberToLidMapping;
import io.greenfinch.protocol.proto.Pushname;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.DeflaterOutputStream;

/**
 * Writes a part of a history as phones do, a compressed {@code HistorySync}, one thing after the other (specification §22, §31.6).
 * For one thread; closing ends the part and closes the stream below.
 */
public final class HistoryWriter implements AutoCloseable {

    private final OutputStream compressed;
    private final CodedOutputStream out;

    /**
     * Begins a part.
     *
     * @param type what the part is, as the notification says it
     * @param order its number, from one
     * @param progress how much of all is told with it, in percent
     */
    public HistoryWriter(OutputStream to, int type, int order, int progress) throws IOException {
        compressed = new DeflaterOutputStream(to);
        out = CodedOutputStream.newInstance(compressed);
        out.writeEnum(HistorySync.SYNC_TYPE_FIELD_NUMBER, type);
        out.writeUInt32(HistorySync.CHUNK_ORDER_FIELD_NUMBER, order);
        out.writeUInt32(HistorySync.PROGRESS_FIELD_NUMBER, progress);
    }

    /** A chat with its messages, the newest first. */
    public void write(Conversation chat) throws IOException {
        out.writeMessage(HistorySync.CONVERSATIONS_FIELD_NUMBER, chat);
    }

    /** The name that somebody goes by. */
    public void write(Pushname name) throws IOException {
        out.writeMessage(HistorySync.PUSHNAMES_FIELD_NUMBER, name);
    }

    /** The two names of an account. */
    public void write(PhoneNumberToLidMapping names) throws IOException {
        out.writeMessage(HistorySync.PHONE_NUMBER_TO_LID_MAPPINGS_FIELD_NUMBER, names);
    }

    @Override
    public void close() throws IOException {
        out.flush();
        compressed.close();
    }
}
