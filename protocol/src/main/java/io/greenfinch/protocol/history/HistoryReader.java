package io.greenfinch.protocol.history;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import io.greenfinch.protocol.proto.Conversation;
import io.greenfinch.protocol.proto.HistorySyncMsg;
import io.greenfinch.protocol.proto.PhoneNumberToLidMapping;
import io.greenfinch.protocol.proto.Pushname;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads a part of a history, a compressed {@code HistorySync}, one thing after the other, so that there is never more of it in
 * memory than one message (specification §22, §31.6). What it has no name for is passed over. For one thread.
 */
public final class HistoryReader implements AutoCloseable {

    /** A part may not grow beyond so many bytes. */
    public static final long MOST_BYTES = 512L << 20;

    /** Longer messages are passed over; most of one is a small picture. */
    static final int LONGEST_MESSAGE = 1 << 20;

    /** More things are told by no part. */
    static final int MOST_PARTS = 2_000_000;

    private static final int LONGEST_TEXT = 4096;
    private static final int BUFFER = 16 * 1024;

    private static final int CONVERSATION = 2;
    private static final int PUSH_NAME = 7;
    private static final int ALIAS = 15;
    private static final int CHAT_ID = 1;
    private static final int MESSAGE = 2;

    private final InputStream inflated;
    private final CodedInputStream in;
    private final boolean messages;
    private int parts;

    /** The chat that is being read; {@code null} between two. */
    private Conversation.@Nullable Builder chat;

    private int outside;

    /** Reads all of it. */
    public HistoryReader(InputStream compressed) {
        this(compressed, true);
    }

    private HistoryReader(InputStream compressed, boolean messages) {
        this.inflated = new InflatedHistory(compressed, MOST_BYTES);
        this.in = CodedInputStream.newInstance(inflated, BUFFER);
        this.messages = messages;
    }

    /** Reads what is told of people and chats, and passes over messages. */
    public static HistoryReader withoutMessages(InputStream compressed) {
        return new HistoryReader(compressed, false);
    }

    /**
     * What comes next; empty at the end.
     *
     * @throws MalformedHistoryException when that is nothing that could be read; there is nothing behind it
     * @throws IOException of the stream
     */
    public Optional<HistoryPart> next() throws IOException {
        try {
            Optional<HistoryPart> part = part();
            if (part.isPresent() && ++parts > MOST_PARTS) {
                throw new MalformedHistoryException("a history tells more than " + MOST_PARTS + " things");
            }
            return part;
        } catch (InvalidProtocolBufferException e) {
            throw new MalformedHistoryException("a history can't be read", e);
        }
    }

    private Optional<HistoryPart> part() throws IOException {
        while (true) {
            Conversation.Builder current = chat;
            Optional<HistoryPart> part = current == null ? outsideChats() : inside(current);
            if (part.isPresent() || (current == null && chat == null && in.isAtEnd())) {
                return part;
            }
        }
    }

    private Optional<HistoryPart> outsideChats() throws IOException {
        if (in.isAtEnd()) {
            return Optional.empty();
        }
        int tag = in.readTag();
        int field = delimited(tag);
        switch (field) {
            case CONVERSATION -> {
                outside = in.pushLimit(in.readRawVarint32());
                chat = Conversation.newBuilder();
            }
            case PUSH_NAME -> {
                Optional<byte[]> bytes = bytes(2 * LONGEST_TEXT);
                if (bytes.isPresent()) {
                    Pushname name = Pushname.parseFrom(bytes.get());
                    return Optional.of(new HistoryPart.Name(name.getId(), name.getPushname()));
                }
            }
            case ALIAS -> {
                Optional<byte[]> bytes = bytes(2 * LONGEST_TEXT);
                if (bytes.isPresent()) {
                    PhoneNumberToLidMapping names = PhoneNumberToLidMapping.parseFrom(bytes.get());
                    return Optional.of(new HistoryPart.Alias(names.getPnJid(), names.getLidJid()));
                }
            }
            default -> skip(tag);
        }
        return Optional.empty();
    }

    private Optional<HistoryPart> inside(Conversation.Builder head) throws IOException {
        if (in.isAtEnd()) {
            if (in.getBytesUntilLimit() > 0) {
                throw new MalformedHistoryException("a history is cut short");
            }
            in.popLimit(outside);
            chat = null;
            return Optional.of(new HistoryPart.Chat(head.build()));
        }
        int tag = in.readTag();
        switch (delimited(tag)) {
            case CHAT_ID -> text().ifPresent(head::setId);
            case MESSAGE -> {
                if (messages) {
                    return Optional.of(message(head.getId()));
                }
                in.skipRawBytes(in.readRawVarint32());
            }
            case Conversation.NAME_FIELD_NUMBER -> text().ifPresent(head::setName);
            case Conversation.DISPLAY_NAME_FIELD_NUMBER -> text().ifPresent(head::setDisplayName);
            case Conversation.PN_JID_FIELD_NUMBER -> text().ifPresent(head::setPnJid);
            case Conversation.LID_JID_FIELD_NUMBER -> text().ifPresent(head::setLidJid);
            default -> skip(tag);
        }
        return Optional.empty();
    }

    private HistoryPart message(String id) throws IOException {
        Optional<byte[]> bytes = bytes(LONGEST_MESSAGE);
        if (bytes.isEmpty() || id.isEmpty()) {
            return new HistoryPart.Unreadable();
        }
        try {
            HistorySyncMsg told = HistorySyncMsg.parseFrom(bytes.get());
            return new HistoryPart.Told(id, told.getMessage(), bytes.get().length);
        } catch (InvalidProtocolBufferException _) {
            return new HistoryPart.Unreadable();
        }
    }

    /** The number of a field that holds bytes; 0 for any other. */
    private static int delimited(int tag) {
        return WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_LENGTH_DELIMITED
                ? WireFormat.getTagFieldNumber(tag)
                : 0;
    }

    private Optional<String> text() throws IOException {
        return bytes(LONGEST_TEXT).map(bytes -> ByteString.copyFrom(bytes).toStringUtf8());
    }

    /** What a field holds; what is longer is passed over, and empty. */
    private Optional<byte[]> bytes(int most) throws IOException {
        int length = in.readRawVarint32();
        if (length < 0 || length > most) {
            in.skipRawBytes(length);
            return Optional.empty();
        }
        return Optional.of(in.readRawBytes(length));
    }

    /** Histories have no groups, which could be in each other without end. */
    private void skip(int tag) throws IOException {
        switch (WireFormat.getTagWireType(tag)) {
            case WireFormat.WIRETYPE_START_GROUP, WireFormat.WIRETYPE_END_GROUP ->
                throw new MalformedHistoryException("a history has a group");
            default -> {
                var _ = in.skipField(tag);
            }
        }
    }

    @Override
    public void close() throws IOException {
        inflated.close();
    }

    @Override
    public String toString() {
        return "HistoryReader[" + parts + " parts]";
    }
}
