package io.greenfinch.client.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class OwnerTest {

    private final List<String> done = new CopyOnWriteArrayList<>();
    private final List<Throwable> failures = new CopyOnWriteArrayList<>();
    private final Owner owner = new Owner("session-test", () -> done.add("batch"), Runnable::run, failures::add);

    @Test
    void runsStepsInTheirOrderAndThenWhatTheyGathered() throws InterruptedException {
        owner.execute(() -> done.add("one"));
        owner.execute(() -> done.add("two"));
        CountDownLatch last = new CountDownLatch(1);
        owner.execute(last::countDown);
        owner.begin();
        assertThat(last.await(10, TimeUnit.SECONDS)).isTrue();
        owner.stop();

        assertThat(done).containsExactly("one", "two", "batch");
    }

    @Test
    void gathersNoMoreThanSixtyFourSteps() {
        for (int i = 0; i < 130; i++) {
            owner.execute(() -> done.add("step"));
        }
        owner.begin();
        owner.stop();

        assertThat(done.subList(0, 64)).containsOnly("step");
        assertThat(done.get(64)).isEqualTo("batch");
        assertThat(done).filteredOn("batch"::equals).hasSize(3);
        assertThat(done).filteredOn("step"::equals).hasSize(130);
    }

    @Test
    void aStepThatFailsDoesNotEndTheOthers() {
        owner.execute(() -> {
            throw new IllegalStateException("broken");
        });
        owner.execute(() -> done.add("next"));
        owner.begin();
        owner.stop();

        assertThat(failures).singleElement().isInstanceOf(IllegalStateException.class);
        assertThat(done).contains("next");
    }

    @Test
    void hostsFindTheDoorClosedWhenTooManyWait() {
        int taken = 0;
        while (owner.offer(() -> {})) {
            taken++;
        }
        assertThat(taken).isEqualTo(1024);
        owner.execute(() -> done.add("own"));
        owner.begin();
        owner.stop();

        assertThat(done).as("the session's own steps always find room").contains("own");
        assertThat(owner.offer(() -> {})).isFalse();
    }

    @Test
    void canBeStoppedFromItsOwnThread() {
        owner.execute(owner::stop);
        owner.begin();
        owner.stop();

        owner.execute(() -> done.add("late"));
        assertThat(done).doesNotContain("late");
    }

    @Test
    void whoBringsAStepDoesItWhereNothingElseIsBeingDone() throws InterruptedException {
        List<Thread> threads = new CopyOnWriteArrayList<>();
        begun();
        owner.executeHere(() -> threads.add(Thread.currentThread()));
        assertThat(owner.offer(() -> threads.add(Thread.currentThread()))).isTrue();

        assertThat(threads).containsExactly(Thread.currentThread(), Thread.currentThread());
        assertThat(done)
                .as("what a step gathered is seen to before the caller goes on")
                .endsWith("batch");
    }

    @Test
    void aStepIsNotDoneWithinAnother() throws InterruptedException {
        begun();
        owner.executeHere(() -> {
            owner.executeHere(() -> done.add("second"));
            done.add("first");
        });
        assertThat(done).endsWith("first", "second", "batch");
    }

    @Test
    void nobodyWaitsForWhoIsAtIt() throws InterruptedException {
        begun();
        CountDownLatch under = new CountDownLatch(1);
        CountDownLatch free = new CountDownLatch(1);
        Thread other = Thread.ofVirtual()
                .start(() -> owner.executeHere(() -> {
                    under.countDown();
                    awaitUninterrupted(free);
                    done.add("long");
                }));
        assertThat(under.await(10, TimeUnit.SECONDS)).isTrue();
        owner.executeHere(() -> done.add("short"));
        assertThat(done).doesNotContain("short");

        free.countDown();
        other.join();
        assertThat(done).endsWith("long", "short", "batch");
    }

    @Test
    void aFloodKeepsNobodyForMoreThanABatch() throws InterruptedException {
        begun();
        List<Thread> threads = new CopyOnWriteArrayList<>();
        owner.executeHere(() -> {
            for (int i = 0; i < 100; i++) {
                owner.execute(() -> threads.add(Thread.currentThread()));
            }
        });
        owner.stop();

        assertThat(threads).hasSize(100);
        assertThat(threads.subList(0, 63)).containsOnly(Thread.currentThread());
        assertThat(threads.subList(63, 100)).doesNotContain(Thread.currentThread());
    }

    private void begun() throws InterruptedException {
        CountDownLatch first = new CountDownLatch(1);
        owner.execute(first::countDown);
        owner.begin();
        assertThat(first.await(10, TimeUnit.SECONDS)).isTrue();
        await().until(() -> !owner.isBusy());
        done.clear();
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
