package io.greenfinch.interop.peer;

import io.greenfinch.interop.program.Checkout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A third-party client that we can drive. */
public enum PeerKind {
    /** Baileys, TypeScript on Node.js. */
    BAILEYS {
        @Override
        public boolean ready() {
            return Files.exists(folder().resolve("node_modules/baileys/package.json"));
        }

        @Override
        List<String> command(String chatUrl, String rootKey, String name, boolean history) {
            Path driver = folder().resolve("driver.mjs");
            List<String> command =
                    List.of("node", driver.toString(), "--url", chatUrl, "--root", rootKey, "--name", name);
            return history
                    ? Stream.concat(command.stream(), Stream.of("--history")).toList()
                    : command;
        }

        @Override
        public List<String> cipherCommand() {
            return List.of("node", folder().resolve("cipher.mjs").toString());
        }

        private Path folder() {
            return Checkout.folder().resolve("interop/baileys");
        }
    },

    /** whatsmeow, Go. */
    WHATSMEOW {
        @Override
        public boolean ready() {
            return Files.isExecutable(driver());
        }

        @Override
        List<String> command(String chatUrl, String rootKey, String name, boolean history) {
            return List.of(driver().toString(), "-url", chatUrl, "-root", rootKey, "-name", name);
        }

        @Override
        public List<String> cipherCommand() {
            return List.of(driver().toString(), "-cipher");
        }

        private Path driver() {
            return Checkout.folder().resolve("interop/target/whatsmeow-driver");
        }
    };

    /** Whether its packages were fetched, as {@code ./greenfinch test} does on a machine that has the tools. */
    public abstract boolean ready();

    /** Runs its ciphers alone, without a connection (interop/README.md). */
    public abstract List<String> cipherCommand();

    /** @param history whether it waits for the history of the phone, where it can do without */
    abstract List<String> command(String chatUrl, String rootKey, String name, boolean history);
}
