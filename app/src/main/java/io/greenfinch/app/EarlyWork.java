package io.greenfinch.app;

import io.greenfinch.gateway.http.Json;
import io.greenfinch.gateway.store.SqliteLibrary;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.ZoneId;
import java.util.concurrent.atomic.AtomicReference;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.Mac;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What every start of a gateway needs whatever its options say, done by a second thread while the first one reads them: ciphers, the
 * library of the database, opened jars. It initializes classes and keeps nothing. What fails here is met again, and told, by who needs it.
 */
public final class EarlyWork {

    private static final Logger log = LoggerFactory.getLogger(EarlyWork.class);

    private static final AtomicReference<@Nullable Thread> begun = new AtomicReference<>();

    private EarlyWork() {}

    /** Begins it. */
    public static void begin() {
        begun.set(Thread.ofPlatform().daemon().name("early-work").start(EarlyWork::work));
    }

    /**
     * Waits for its end, if it was begun: two threads that initialize the same classes in different orders could wait for each
     * other.
     */
    static void await() throws InterruptedException {
        Thread thread = begun.get();
        if (thread != null) {
            thread.join();
        }
    }

    private static void work() {
        try {
            new SecureRandom().nextBytes(new byte[1]);
            var _ = KDF.getInstance("HKDF-SHA256");
            var _ = Cipher.getInstance("AES/GCM/NoPadding");
            var _ = Mac.getInstance("HmacSHA256");
            if (System.getProperty("org.sqlite.lib.path") != null) { // else it would be unpacked, perhaps for nothing
                SqliteLibrary.load();
            }
            // The first look for anything reads the list of the whole jar.
            boolean none = ClassLoader.getSystemClassLoader()
                    .getResources("META-INF/none")
                    .hasMoreElements();
            byte[] json = Json.bytes(Json.object().put("early", none));
            log.debug("{} bytes, in {}", json.length, ZoneId.systemDefault().getRules());
        } catch (GeneralSecurityException | IOException | RuntimeException | LinkageError e) {
            log.debug("Early work failed", e);
        }
    }
}
