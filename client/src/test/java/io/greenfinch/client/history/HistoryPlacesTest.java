package io.greenfinch.client.history;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Who may read history at a time. */
class HistoryPlacesTest {

    private final HistoryPlaces places = new HistoryPlaces();

    @Test
    void twoReadAndOthersWaitForTheirTurn() {
        HistoryPlaces.Place one = places.take();
        HistoryPlaces.Place two = places.take();
        HistoryPlaces.Place three = places.take();
        HistoryPlaces.Place four = places.take();
        assertThat(one.there()).isDone();
        assertThat(two.there()).isDone();
        assertThat(three.there()).isNotDone();

        places.giveBack(two);
        assertThat(three.there()).isDone();
        assertThat(four.there()).isNotDone();
    }

    @Test
    void whoGivesUpWaitingTakesNoPlace() {
        HistoryPlaces.Place one = places.take();
        HistoryPlaces.Place two = places.take();
        HistoryPlaces.Place three = places.take();
        places.giveBack(three);
        places.giveBack(one);
        places.giveBack(two);
        assertThat(places.take().there()).isDone();
        assertThat(places.take().there()).isDone();
        assertThat(places.take().there()).isNotDone();
    }
}
