package io.greenfinch.gateway.file;

import io.greenfinch.gateway.chat.FileTypes;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The path of a file's link: {@code /files/INSTANCE/ID.EXTENSION}. Who does not know the id can't guess it. Immutable.
 *
 * @param id 32 hex digits
 */
public record FileLink(long instance, String id) {

    /** The first segment of all such paths. */
    public static final String FOLDER = "files";

    private static final Pattern PATH =
            Pattern.compile("/" + FOLDER + "/([0-9]{1,18})/([0-9a-f]{32})(?:\\.[A-Za-z0-9]{1,10})?");

    private static final Pattern EXTENSION = Pattern.compile("[a-z0-9]{1,10}");

    /** The link of a path; empty when it is none. */
    public static Optional<FileLink> of(String path) {
        Matcher parts = PATH.matcher(path);
        return parts.matches()
                ? Optional.of(new FileLink(Long.parseLong(parts.group(1)), parts.group(2)))
                : Optional.empty();
    }

    /** The path, which ends as the file's name does. */
    public String path(String name) {
        String ending = FileTypes.ending(name);
        return "/" + FOLDER + "/" + instance + "/" + id
                + (EXTENSION.matcher(ending).matches() ? "." + ending : "");
    }

    /** Whoever knows it gets the file. */
    @Override
    public String toString() {
        return "FileLink[" + instance + "]";
    }
}
