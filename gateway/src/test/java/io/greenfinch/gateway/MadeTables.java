package io.greenfinch.gateway;

import io.greenfinch.gateway.store.EmptyDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** An empty database for all gateways of a JVM that begin without one. */
final class MadeTables {

    private static final String PROPERTY = "greenfinch.empty.database";

    private MadeTables() {}

    /** Makes it, unless somebody has named one. */
    static synchronized void offer() {
        if (System.getProperty(PROPERTY) == null) {
            try {
                Path folder = Files.createTempDirectory("greenfinch-tables-");
                Path file = folder.resolve("empty.db");
                EmptyDatabase.make(file);
                folder.toFile().deleteOnExit();
                file.toFile().deleteOnExit();
                System.setProperty(PROPERTY, file.toString());
            } catch (IOException e) {
                throw new UncheckedIOException("there is no room for an empty database", e);
            }
        }
    }
}
