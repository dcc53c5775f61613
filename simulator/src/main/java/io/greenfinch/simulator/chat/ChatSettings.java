package io.greenfinch.simulator.chat;

import java.time.Duration;
import java.util.Optional;

/**
 * The numbers of the chat socket.
 *
 * @param refs how long QR codes are good
 * @param handshakeTimeout how long a client may take for its handshake
 * @param idleTimeout after how long without a byte a connection is closed; longer than any client's keep-alive interval
 * @param pingInterval how often the server pings its clients, if it does
 * @param companions how many companions an account may have
 * @param outgoing how many stanzas may wait for a client that reads slowly, before its connection is cut
 */
public record ChatSettings(
        RefSchedule refs,
        Duration handshakeTimeout,
        Duration idleTimeout,
        Optional<Duration> pingInterval,
        int companions,
        int outgoing) {

    /** What a user of the simulator gets without asking. */
    public static ChatSettings defaults() {
        return new ChatSettings(
                RefSchedule.defaults(), Duration.ofSeconds(20), Duration.ofMinutes(3), Optional.empty(), 32, 12_000);
    }

    /** The same with another schedule of refs. */
    public ChatSettings with(RefSchedule schedule) {
        return new ChatSettings(schedule, handshakeTimeout, idleTimeout, pingInterval, companions, outgoing);
    }

    /** The same with pings of the server. */
    public ChatSettings pinging(Duration interval) {
        return new ChatSettings(refs, handshakeTimeout, idleTimeout, Optional.of(interval), companions, outgoing);
    }

    /** The same with another limit of companions. */
    public ChatSettings withCompanions(int most) {
        return new ChatSettings(refs, handshakeTimeout, idleTimeout, pingInterval, most, outgoing);
    }
}
