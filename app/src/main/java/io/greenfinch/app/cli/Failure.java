package io.greenfinch.app.cli;

import io.greenfinch.gateway.http.ListenException;
import io.greenfinch.gateway.store.FileFailure;
import io.greenfinch.protocol.text.Printable;
import java.io.IOException;
import java.net.SocketException;
import java.nio.file.FileSystemException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One clear sentence for what stopped the program. */
public final class Failure {

    private static final Logger LOG = LoggerFactory.getLogger(Failure.class);

    private Failure() {}

    /** What a failure says, followed by why where it does not say that itself; no names of classes. */
    public static String sentence(Throwable failure) {
        String message = failure.getMessage();
        Throwable cause = failure.getCause();
        if (failure instanceof IOException known) {
            return ended("Stopped: " + words(known));
        }
        if (cause instanceof IOException known && (message == null || message.equals(known.toString()))) {
            return ended("Stopped: " + words(known));
        }
        if (message == null || message.isBlank() || isFault(failure)) {
            LOG.error("Stopped", failure);
            return "Stopped by a fault of the program, which the log shows.";
        }
        return cause instanceof IOException known && !message.endsWith(".")
                ? ended(message + ": " + words(known))
                : ended(message);
    }

    /** What the JDK itself throws at a mistake speaks of classes and variables. */
    private static boolean isFault(Throwable failure) {
        return failure instanceof NullPointerException
                || failure instanceof IndexOutOfBoundsException
                || failure instanceof ClassCastException;
    }

    /** The same for something of the file system or the network. */
    public static String words(IOException failure) {
        boolean ofSocket = failure instanceof SocketException || failure.getCause() instanceof SocketException;
        return ofSocket && !(failure instanceof FileSystemException)
                ? ListenException.words(failure)
                : FileFailure.words(failure);
    }

    private static String ended(String sentence) {
        // It may hold what a server has answered.
        return Printable.of(sentence.endsWith(".") ? sentence : sentence + ".");
    }
}
