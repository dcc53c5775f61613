package io.greenfinch.interop.service;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** One of our instances and the account it is linked to. */
public record Subject(Gateway instance, Person account) {

    /** Links are made so many at a time. */
    private static final int AT_A_TIME = 4;

    private static final long PATIENCE_SECONDS = 120;

    /** Makes so many instances, does something with each, and links it to an account of its own. */
    public static List<Subject> link(
            int count, GatewayService gateway, SimulatorAdmin simulator, Consumer<Gateway> before) throws Exception {
        try (ExecutorService threads =
                Executors.newFixedThreadPool(AT_A_TIME, Thread.ofVirtual().factory())) {
            List<Future<Subject>> linking = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                String name = "Account " + i;
                linking.add(threads.submit(() -> {
                    Person account = simulator.createPerson(name);
                    Gateway instance = gateway.createInstance(name);
                    before.accept(instance);
                    instance.link(simulator, name);
                    return new Subject(instance, account);
                }));
            }
            List<Subject> subjects = new ArrayList<>();
            for (Future<Subject> each : linking) {
                subjects.add(each.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
            }
            return subjects;
        }
    }

    /** The instance on the process that serves it at present. */
    public Gateway at(URI apiUrl) {
        return instance.at(apiUrl);
    }
}
