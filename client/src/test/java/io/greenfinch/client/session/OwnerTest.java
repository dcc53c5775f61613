package io.greenfinch.client.session;

import static org.assertj.core.api.Assertions.assertThat;

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
}
