package io.greenfinch.simulator;

import io.greenfinch.simulator.chat.ChatSettings;
import io.greenfinch.simulator.group.GroupRules;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;

/**
 * How to run a simulator.
 *
 * @param listen where to listen for plain WebSocket and HTTP; port 0 picks a free one
 * @param tlsListen where to listen with TLS, under a certificate that is made at start, if at all
 * @param snapshot the file in which root key, accounts, devices and groups are kept; without it they are gone at the end
 * @param clock the time of day
 * @param random the source of keys, ids and LIDs
 * @param chat the numbers of the chat socket
 * @param groups the numbers in the rules of groups
 */
public record SimulatorSettings(
        InetSocketAddress listen,
        Optional<InetSocketAddress> tlsListen,
        Optional<Path> snapshot,
        Clock clock,
        SecureRandom random,
        ChatSettings chat,
        GroupRules groups) {

    /** Loopback, any free port, no TLS, nothing kept. */
    public static SimulatorSettings defaults() {
        return new SimulatorSettings(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                Optional.empty(),
                Optional.empty(),
                Clock.systemUTC(),
                new SecureRandom(),
                ChatSettings.defaults(),
                GroupRules.defaults());
    }

    /** The same at another address. */
    public SimulatorSettings withListen(InetSocketAddress address) {
        return new SimulatorSettings(address, tlsListen, snapshot, clock, random, chat, groups);
    }

    /** The same with TLS, too. */
    public SimulatorSettings withTlsListen(InetSocketAddress address) {
        return new SimulatorSettings(listen, Optional.of(address), snapshot, clock, random, chat, groups);
    }

    /** The same, kept in a file. */
    public SimulatorSettings withSnapshot(Path file) {
        return new SimulatorSettings(listen, tlsListen, Optional.of(file), clock, random, chat, groups);
    }

    /** The same with another clock. */
    public SimulatorSettings withClock(Clock newClock) {
        return new SimulatorSettings(listen, tlsListen, snapshot, newClock, random, chat, groups);
    }

    /** The same with other numbers of the chat socket. */
    public SimulatorSettings withChat(ChatSettings newChat) {
        return new SimulatorSettings(listen, tlsListen, snapshot, clock, random, newChat, groups);
    }

    /** The same with other rules of groups. */
    public SimulatorSettings withGroups(GroupRules rules) {
        return new SimulatorSettings(listen, tlsListen, snapshot, clock, random, chat, rules);
    }
}
