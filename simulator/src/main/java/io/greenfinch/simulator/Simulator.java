package io.greenfinch.simulator;

import io.greenfinch.protocol.noise.CertificateAuthority;
import io.greenfinch.simulator.account.Companion;
import io.greenfinch.simulator.admin.Admin;
import io.greenfinch.simulator.admin.AdminHandler;
import io.greenfinch.simulator.call.Calls;
import io.greenfinch.simulator.chat.ChatService;
import io.greenfinch.simulator.fault.Faults;
import io.greenfinch.simulator.media.MediaHost;
import io.greenfinch.simulator.message.MessageRouter;
import io.greenfinch.simulator.phone.DisplayedText;
import io.greenfinch.simulator.phone.Phones;
import io.greenfinch.simulator.request.Policy;
import io.greenfinch.simulator.snapshot.Snapshot;
import io.greenfinch.simulator.snapshot.SnapshotFile;
import io.greenfinch.simulator.snapshot.SnapshotKeeper;
import io.greenfinch.simulator.stanza.StanzaIds;
import io.greenfinch.simulator.time.Timer;
import io.greenfinch.simulator.trace.Trace;
import io.greenfinch.simulator.world.World;
import io.greenfinch.simulator.world.WorldEvent;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A faithful WhatsApp service on this machine: the chat socket that real clients connect to, simulated phones, groups, and an admin
 * interface that plays the people who own the phones. Real clients that are to trust it must be told its {@linkplain #rootKeyHex() root key}.
 *
 * <p>Thread-safe.
 */
public final class Simulator implements AutoCloseable {

    private final World world;
    private final WebServer server;
    private final Timer timer;
    private final Phones phones;
    private final Optional<SnapshotKeeper> keeper;
    private final MediaHost media;
    private final String host;
    private final String rootKey;

    private Simulator(
            World world,
            WebServer server,
            Timer timer,
            Phones phones,
            Optional<SnapshotKeeper> keeper,
            MediaHost media,
            String host,
            String rootKey) {
        this.world = world;
        this.server = server;
        this.timer = timer;
        this.phones = phones;
        this.keeper = keeper;
        this.media = media;
        this.host = host;
        this.rootKey = rootKey;
    }

    /**
     * Starts a simulator; it is ready when this returns.
     *
     * @throws java.io.UncheckedIOException when it can't listen where it should
     * @throws io.greenfinch.simulator.snapshot.SnapshotException when its snapshot can't be read or written
     */
    public static Simulator start(SimulatorSettings settings) {
        World world = new World(settings.groups(), settings.clock(), settings.random());
        Optional<SnapshotFile> file = settings.snapshot().map(SnapshotFile::new);
        Optional<Snapshot> snapshot = file.flatMap(SnapshotFile::read);
        CertificateAuthority authority = authority(settings, snapshot);
        snapshot.ifPresent(saved -> saved.restore(world));
        WebServer server = WebServer.open(settings);
        Timer timer = new Timer();
        MediaHost media = new MediaHost(settings.clock(), settings.random());
        try {
            Optional<SnapshotKeeper> keeper =
                    file.map(kept -> new SnapshotKeeper(world, authority.toBytes(), kept, timer));
            Policy policy = new Policy();
            StanzaIds ids = new StanzaIds(settings.clock());
            MessageRouter messages = new MessageRouter(world, policy);
            Phones phones = new Phones(world, messages, ids, media);
            String host = host(settings.listen());
            String rootKey = HexFormat.of().formatHex(authority.rootPublicKey());
            serve(server, settings, world, policy, ids, messages, phones, timer, media, authority, host, rootKey);
            return new Simulator(world, server, timer, phones, keeper, media, host, rootKey);
        } catch (RuntimeException e) {
            timer.close();
            server.stop();
            media.close();
            throw e;
        }
    }

    private static void serve(
            WebServer server,
            SimulatorSettings settings,
            World world,
            Policy policy,
            StanzaIds ids,
            MessageRouter messages,
            Phones phones,
            Timer timer,
            MediaHost media,
            CertificateAuthority authority,
            String host,
            String rootKey) {
        Faults faults = new Faults();
        Trace trace = new Trace(settings.clock(), System::nanoTime);
        String mediaAddress = host + ":" + server.tlsPort().orElse(server.port());
        URI pictures = URI.create("http://" + host + ":" + server.port());
        Calls calls = new Calls(world, ids);
        ChatService chat = new ChatService(
                world,
                faults,
                trace,
                timer,
                settings.chat(),
                policy,
                authority,
                ids,
                messages,
                calls,
                media,
                mediaAddress,
                pictures);
        AdminHandler admin = Admin.handler(
                world, phones, calls, chat, faults, trace, policy, messages.counts(), rootKey, pictures, media);
        server.serve(chat, settings.chat(), admin, world, media, mediaAddress);
    }

    private static CertificateAuthority authority(SimulatorSettings settings, Optional<Snapshot> snapshot) {
        Instant now = settings.clock().instant();
        return snapshot.map(
                        saved -> CertificateAuthority.ofBytes(saved.authority()).renewed(now, settings.random()))
                .orElseGet(() -> CertificateAuthority.create(now, settings.random()));
    }

    /** The host that clients on this machine use; an address for all interfaces is no address to connect to. */
    private static String host(InetSocketAddress listen) {
        InetAddress address = listen.getAddress();
        if (address.isAnyLocalAddress()) {
            return "127.0.0.1";
        }
        String text = address.getHostAddress();
        return text.indexOf(':') >= 0 ? "[" + text + "]" : text;
    }

    /** The chat socket without TLS. */
    public URI chatUrl() {
        return URI.create("ws://" + host + ":" + server.port() + "/ws/chat");
    }

    /** The chat socket with TLS, under a certificate that nobody trusts unless told to. */
    public Optional<URI> secureChatUrl() {
        return server.tlsPort().map(port -> URI.create("wss://" + host + ":" + port + "/ws/chat"));
    }

    /** The admin interface. */
    public URI adminUrl() {
        return URI.create("http://" + host + ":" + server.port());
    }

    /** The public key that must have signed the service's certificates, as 64 hex digits. */
    public String rootKeyHex() {
        return rootKey;
    }

    /** Adds a listener for what the simulated phones show. It must return soon. */
    public void onSeen(Consumer<DisplayedText> listener) {
        phones.listen(listener);
    }

    /** Adds a listener for devices being linked and unlinked. It must return soon. */
    public void onDevice(Consumer<DeviceChange> listener) {
        world.subscribe(event -> {
            switch (event) {
                case WorldEvent.Linked(Companion companion) -> tell(listener, companion, true);
                case WorldEvent.Unlinked(Companion companion) -> tell(listener, companion, false);
                case WorldEvent.Equipped _,
                        WorldEvent.RegisteredAnew _,
                        WorldEvent.PictureChanged _,
                        WorldEvent.AppStateChanged _,
                        WorldEvent.BlockListChanged _,
                        WorldEvent.PrivacyChanged _,
                        WorldEvent.GroupChanged _ -> {}
            }
        });
    }

    private void tell(Consumer<DeviceChange> listener, Companion companion, boolean linked) {
        DeviceChange change = new DeviceChange(
                companion.account().displayName(),
                companion.os(),
                companion.pn().toString(),
                linked);
        world.afterwards(() -> listener.accept(change));
    }

    /** Closes all connections and stops. */
    @Override
    public void close() {
        server.stop();
        timer.close();
        keeper.ifPresent(SnapshotKeeper::close);
        media.close();
    }
}
