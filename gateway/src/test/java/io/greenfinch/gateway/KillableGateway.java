package io.greenfinch.gateway;

import io.greenfinch.client.ClientSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A gateway in a process of its own, to be killed. */
public final class KillableGateway {

    private KillableGateway() {}

    /** Serves the folder of this name, over the chat socket and root key of a simulator; tells where in its first line. */
    public static void main(String[] arguments) throws InterruptedException {
        ClientSettings client =
                ClientSettings.defaults(URI.create(arguments[1]), HexFormat.of().parseHex(arguments[2]));
        Gateway gateway = Gateway.start(
                TestGateway.settings(Path.of(arguments[0]), Clock.systemUTC(), false, Duration.ofSeconds(25)), client);
        System.out.println("serves " + gateway.apiUrl() + " " + gateway.partnerToken());
        var _ = new CountDownLatch(1).await(5, TimeUnit.MINUTES); // it must not outlive the test for long
        gateway.close();
    }
}
