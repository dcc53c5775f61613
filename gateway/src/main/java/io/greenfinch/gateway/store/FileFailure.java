package io.greenfinch.gateway.store;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;

/** Why a file or folder can't be used, in an operator's words. */
public final class FileFailure {

    private FileFailure() {}

    /** A clause to follow a colon, without a full stop and without names of classes. */
    public static String words(IOException failure) {
        String message = failure.getMessage();
        String general = message == null || message.isBlank() ? "it can't be read or written" : message;
        if (!(failure instanceof FileSystemException known) || known.getFile() == null) {
            return general;
        }
        String reason = String.valueOf(known.getReason());
        return switch (known) {
            case AccessDeniedException _ -> "no permission for " + owned(known.getFile());
            case FileAlreadyExistsException _ -> known.getFile() + " is no folder";
            case NotDirectoryException _ -> known.getFile() + " is no folder";
            case NoSuchFileException _ -> "there is no " + known.getFile();
            default ->
                reason.equals("Operation not permitted")
                        ? "no permission for " + owned(known.getFile())
                        : known.getReason() == null ? general : known.getFile() + ": " + reason;
        };
    }

    /** A file and, where that may be known, whose it is. */
    private static String owned(String file) {
        try {
            return file + ", which belongs to " + Files.getOwner(Path.of(file), LinkOption.NOFOLLOW_LINKS);
        } catch (IOException | UnsupportedOperationException e) {
            return file; // it lies in a folder that is closed to us, or the file system knows no owners
        }
    }

    /** The same for what lies under names that are secrets. */
    public static String withoutPath(IOException failure) {
        String kind = failure.getClass().getSimpleName();
        return switch (failure) {
            case FileSystemException known -> kind + (known.getReason() == null ? "" : ": " + known.getReason());
            case FileServiceException known -> String.valueOf(known.getMessage());
            default -> kind;
        };
    }
}
