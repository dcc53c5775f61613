package io.greenfinch.client.media;

import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.message.FileContent;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/**
 * A file that a message tells of. Immutable; {@link #toString} shows nothing of it.
 *
 * @param file what is told; it came from somebody else, and may be anything
 * @param origin the message that brought it, by which the phone knows it
 */
public record MediaReference(FileContent file, Optional<Origin> origin) {

    private static final int LONGEST_PATH = 4096;

    /**
     * A message with a file.
     *
     * @param chat its chat
     * @param author who wrote it, where it is a group's
     */
    public record Origin(String id, Jid chat, boolean fromSelf, Optional<Jid> author) {
        @Override
        public String toString() {
            return "Origin[" + id + "]";
        }
    }

    /** The path to ask hosts for, which begins with a slash; empty when there is none that a host could be asked for. */
    public Optional<String> path() {
        return file.directPath().isEmpty()
                ? pathOf(file.url())
                : Optional.of(file.directPath()).filter(MediaReference::isPath);
    }

    private static Optional<String> pathOf(String url) {
        try {
            URI address = new URI(url);
            return Optional.ofNullable(address.getRawPath())
                    .map(path -> address.getRawQuery() == null ? path : path + "?" + address.getRawQuery())
                    .filter(MediaReference::isPath);
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    /** Whether it can stand behind a host, and leads nowhere else. */
    static boolean isPath(String path) {
        return path.startsWith("/")
                && !path.startsWith("//")
                && path.length() <= LONGEST_PATH
                && path.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '#' && c != '\\')
                && isUri("http://host" + path);
    }

    private static boolean isUri(String text) {
        try {
            return "host".equals(new URI(text).getHost());
        } catch (URISyntaxException e) {
            return false;
        }
    }

    /** The same file, stored somewhere else. */
    MediaReference at(String path) {
        return new MediaReference(
                new FileContent(
                        file.kind(), "", path, file.mediaKey(), file.sha256(), file.encryptedSha256(), file.length()),
                origin);
    }

    @Override
    public String toString() {
        return "MediaReference[" + file + "]";
    }
}
