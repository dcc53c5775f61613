package io.greenfinch.bench.load;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Greenfinch, with the options that users get, but for the pause between two messages: the others make none. */
final class GreenfinchContender implements Contender {

    private final Fleet fleet;
    private final Map<String, Fleet.Linked> linked = new ConcurrentHashMap<>();

    GreenfinchContender(Path launcher, Path folder) throws IOException, InterruptedException {
        fleet = new Fleet(launcher, folder, Map.of("delaySendMessagesMilliseconds", 0));
    }

    @Override
    public String name() {
        return "Greenfinch";
    }

    @Override
    public SimulatedService service() {
        return fleet.service();
    }

    @Override
    public AppProcess process() {
        return fleet.gateway();
    }

    @Override
    public void start() throws IOException, InterruptedException {
        fleet.restartGateway();
    }

    @Override
    public void link(String phone) throws IOException, InterruptedException {
        linked.put(phone, fleet.link(phone));
    }

    @Override
    public Call leave(String phone, String group) {
        return new Call(path(phone, "leaveGroup"), Map.of("groupId", group));
    }

    @Override
    public Call text(String phone, String chat, String text) {
        return new Call(path(phone, "sendMessage"), Map.of("chatId", chat + "@c.us", "message", text));
    }

    private String path(String phone, String method) {
        Fleet.Linked instance = linked.get(phone);
        if (instance == null) {
            throw new IllegalStateException("not linked");
        }
        return Fleet.path(instance, method);
    }

    @Override
    public void close() {
        fleet.close();
    }
}
