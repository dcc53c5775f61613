package io.greenfinch.interop.delivery;

import io.greenfinch.interop.service.Person;
import io.greenfinch.interop.service.SimulatorAdmin;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** People who write on their phones: others to ours, and the owners of our accounts themselves. */
final class Writers {

    private static final int LONGEST_FILLER = 300;

    private final Correspondences correspondences;
    private final SimulatorAdmin simulator;

    Writers(Correspondences correspondences, SimulatorAdmin simulator) {
        this.correspondences = correspondences;
        this.simulator = simulator;
    }

    /** Somebody writes something somewhere. */
    void write(RandomGenerator random) {
        List<Lane> lanes = correspondences.lanesOfPhones();
        Lane lane = lanes.get(random.nextInt(lanes.size()));
        if (lane.turn.tryLock()) {
            try {
                List<Person> everybody = lane.correspondence.everybody();
                Person writer = everybody.get(random.nextInt(everybody.size()));
                String filler = "x".repeat(1 + random.nextInt(LONGEST_FILLER));
                write(lane, writer, filler, random.nextInt(3) == 0 ? "pn" : "lid");
            } finally {
                lane.turn.unlock();
            }
        }
    }

    /** Somebody writes in a lane, whose turn the caller has. */
    void write(Lane lane, Person writer, String filler, String addressing) {
        long number = lane.next();
        String to = lane.correspondence.seenBy(writer);
        String id = simulator.onPhone(
                writer.phone(), Map.of("to", to, "text", lane.text(number, filler), "addressing", addressing));
        lane.took(number, new Lane.Taken(id, Optional.of(writer)));
    }
}
