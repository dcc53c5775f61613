package io.greenfinch.gateway.http;

import java.nio.file.Path;

/**
 * A file that came with a request. It is deleted when the request has been answered: who wants to keep it moves it away.
 *
 * @param name what its sender calls it, without folders; may be empty
 * @param type the media type its sender claims; may be empty
 * @param size in bytes
 * @param path where it is now
 */
public record UploadedFile(String name, String type, long size, Path path) {

    private static final int LONGEST_NAME = 255;

    /** A name without folders: some clients send the path on their own disk. Too long a name loses its beginning. */
    public static String lastSegment(String name) {
        String last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
        return last.length() <= LONGEST_NAME ? last : last.substring(last.length() - LONGEST_NAME);
    }

    /** Names of files may tell as much as a text: they are not shown. */
    @Override
    public String toString() {
        return "UploadedFile[" + size + " bytes]";
    }
}
