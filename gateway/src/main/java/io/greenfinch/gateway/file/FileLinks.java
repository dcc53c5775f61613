package io.greenfinch.gateway.file;

import io.greenfinch.gateway.chat.DataContent;
import io.greenfinch.gateway.chat.FileTypes;
import io.greenfinch.gateway.chat.MessageContent;
import io.greenfinch.gateway.store.FileTable;
import io.greenfinch.gateway.store.Row;
import io.greenfinch.protocol.message.FileContent;
import io.greenfinch.protocol.message.MessageEnvelope;
import java.net.URI;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Makes links. A file that a message tells of gets one at once, and is fetched when somebody follows it: nobody waits for files that
 * nobody reads (docs/adr/0021). Thread-safe; never blocks.
 *
 * @param apiUrl how callers reach us, asked for when an address is told
 */
public record FileLinks(FileTable table, Supplier<URI> apiUrl, SecureRandom random) {

    /** What WhatsApp, and GREEN-API, take and give (green-api.md §5.3). */
    public static final long LARGEST = 100L << 20;

    /** Stands for the address of a file that is too large (green-api.md §2.6). */
    public static final String TOO_LARGE = "{{SWE002}}";

    private static final int ID_BYTES = 16;
    private static final int LONGEST_NAME = 255;

    /** A message with its link, and the rows that make it lead somewhere. */
    public record Linked(MessageContent content, List<Row> rows) {}

    /** A link for a file that callers bring. */
    public FileLink fresh(long instance) {
        byte[] id = new byte[ID_BYTES];
        random.nextBytes(id);
        return new FileLink(instance, HexFormat.of().formatHex(id));
    }

    /**
     * A message of the journal, with a link where it tells of a file and has none yet.
     *
     * @param message all of it
     */
    public Linked link(
            long instance, String chat, String id, Optional<MessageEnvelope> message, MessageContent content) {
        Optional<FileContent> file =
                message.flatMap(known -> FileContent.of(known.content())).filter(told -> told.mediaKey().length > 0);
        if (file.isEmpty() || !(content instanceof DataContent data) || !data.isFile()) {
            return new Linked(content, List.of());
        }
        if (Long.compareUnsigned(file.get().length(), LARGEST) > 0) {
            return new Linked(data.with(DataContent.DOWNLOAD_URL, TOO_LARGE), List.of());
        }
        FileLink link = fresh(instance);
        String type = data.fileText(DataContent.MIME_TYPE);
        String told = data.fileText(DataContent.FILE_NAME);
        String name = told.isEmpty()
                ? link.id() + FileTypes.extension(type)
                : told.substring(Math.max(0, told.length() - LONGEST_NAME));
        FileDescription description =
                new FileDescription(name, type, Optional.of(new FileDescription.Source(chat, id)));
        return new Linked(
                data.with(DataContent.DOWNLOAD_URL, link.path(name)).with(DataContent.FILE_NAME, name),
                List.of(table.add(new FileTable.Entry(
                        link.id(),
                        instance,
                        description.bytes(),
                        Optional.empty(),
                        table.clock().instant()))));
    }

    /** The whole address of what is stored as a path; what is none stays as it is. */
    public String address(String path) {
        return path.startsWith("/") ? text(apiUrl.get()) + path : path;
    }

    /** The link behind an address that is one of ours. */
    public Optional<FileLink> ours(String address) {
        String base = text(apiUrl.get());
        return address.startsWith(base + "/") ? FileLink.of(address.substring(base.length())) : Optional.empty();
    }

    private static String text(URI url) {
        String text = url.toString();
        return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }
}
