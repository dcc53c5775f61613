package io.greenfinch.gateway.picture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes of a photo what WhatsApp takes for a picture: the middle square, 640 pixels wide, upright, JPEG, and nothing in it
 * of what a camera notes down, such as the place.
 *
 * <p>The work is native and may take seconds, so it is done on platform threads of its own, few of them, with few waiting.
 * What a picture would cost is known before any of it is decoded. Thread-safe.
 */
public final class PictureStudio implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(PictureStudio.class);

    static final int SIDE = 640;

    /** A phone's largest photos have 50 million pixels. */
    static final long MAX_PIXELS = 50_000_000;

    /** All of a progressive picture is in memory at once, in six bytes a pixel. */
    static final long MAX_PROGRESSIVE_PIXELS = 16_000_000;

    private static final int WAITING = 32;

    private final ThreadPoolExecutor workers;

    /** A studio with at most two pictures at work. */
    public PictureStudio() {
        int threads = Math.clamp(Runtime.getRuntime().availableProcessors() / 2, 1, 2);
        workers = new ThreadPoolExecutor(
                threads,
                threads,
                30,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(WAITING),
                Thread.ofPlatform().name("picture-", 0).daemon().factory());
        workers.allowCoreThreadTimeOut(true);
    }

    /** What came of a file. */
    sealed interface Result {

        /** A picture as WhatsApp takes it. */
        record Ready(byte[] jpeg) implements Result {}

        /** It is none; the complaint goes on like {@code must be a JPEG image}. */
        record Unusable(String complaint) implements Result {}

        /** Too many are waiting, or it took too long. */
        record Busy() implements Result {}
    }

    /** Makes a picture of a file; blocks for so long at most. */
    Result square(Path file, Duration patience) {
        AtomicBoolean givenUp = new AtomicBoolean();
        try {
            return CompletableFuture.supplyAsync(() -> made(file, givenUp::get), workers)
                    .get(Math.max(patience.toMillis(), 0), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException | TimeoutException e) {
            return new Result.Busy();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Result.Busy();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a picture could not be worked on", e.getCause());
        } finally {
            givenUp.set(true); // nobody waits for it any more
        }
    }

    /** What a picture looks like from afar; empty where it is none that we read, or there is no time for it; blocks for so long at most. */
    public Optional<Thumbnail> thumbnail(Path file, Duration patience) {
        return looked(patience, givenUp -> Thumbnail.of(file, givenUp));
    }

    /** The same, so large: width and height are its own, and its longer side has at most so many pixels. */
    public Optional<Thumbnail> reduced(Path file, int side, Duration patience) {
        return looked(patience, givenUp -> Thumbnail.reduced(file, side, givenUp));
    }

    private Optional<Thumbnail> looked(Duration patience, Function<BooleanSupplier, Optional<Thumbnail>> look) {
        AtomicBoolean givenUp = new AtomicBoolean();
        try {
            return CompletableFuture.supplyAsync(() -> look.apply(givenUp::get), workers)
                    .get(Math.max(patience.toMillis(), 0), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException | TimeoutException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (ExecutionException e) {
            log.warn("A picture has no thumbnail", e.getCause());
            return Optional.empty();
        } finally {
            givenUp.set(true);
        }
    }

    /** Gives up what is being worked on. */
    @Override
    public void close() {
        workers.shutdownNow();
    }

    private static Result made(Path file, BooleanSupplier givenUp) {
        if (givenUp.getAsBoolean()) {
            return new Result.Busy();
        }
        try {
            JpegFile jpeg = JpegFile.of(Files.readAllBytes(file));
            long most = jpeg.progressive() ? MAX_PROGRESSIVE_PIXELS : MAX_PIXELS;
            if ((long) jpeg.width() * jpeg.height() > most) {
                return new Result.Unusable("must have at most " + most / 1_000_000 + " million pixels"
                        + (jpeg.progressive() ? ", being progressive" : ""));
            }
            Square middle = JpegCodec.middle(jpeg, SIDE, givenUp);
            return new Result.Ready(JpegCodec.written(middle.scaled(SIDE).upright(jpeg.orientation())));
        } catch (JpegFile.NotReadable e) {
            return new Result.Unusable(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
