package io.greenfinch.simulator.chat;

import io.greenfinch.protocol.pairing.QrCode;
import io.greenfinch.simulator.account.SimulatedAccount;
import io.greenfinch.simulator.world.World;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Where phones that scanned a QR code and companions that show one find each other (specification §7). Guarded by the world's lock, but for
 * {@link #scan}, which takes it.
 */
public final class PairingDesk {

    private static final int REF_BYTES = 48;

    private final World world;
    private final ChatSettings settings;
    private final Map<String, Registration> byRef = new HashMap<>();
    private final CodeDesk codes;

    PairingDesk(World world, ChatSettings settings) {
        this.world = world;
        this.settings = settings;
        this.codes = new CodeDesk(world, this::find, settings.companions());
    }

    /** The same for phones on which a code is typed. */
    public CodeDesk codes() {
        return codes;
    }

    /** What came of a scan. */
    public sealed interface ScanResult {

        /** The companion was sent its pair-success; it will be linked once it countersigned. */
        record Sent(SimulatedAccount account, String pn, String lid) implements ScanResult {}

        /** The phone can't use this code. */
        record Refused(Problem problem, String text) implements ScanResult {}
    }

    /** Why a code can't be used. */
    public enum Problem {
        MALFORMED,
        UNKNOWN,
        CONFLICT
    }

    /**
     * A phone scans a QR code.
     *
     * @param text what the code says
     * @param person push name or phone number of the phone's owner; who is not known yet gets an account. Without it the push name that
     *     the companion registered with decides, and without that the owner is somebody new
     */
    public ScanResult scan(String text, Optional<String> person) {
        Optional<QrCode> code = QrCode.parse(text.strip());
        if (code.isEmpty()) {
            return new ScanResult.Refused(
                    Problem.MALFORMED,
                    "this is not the text of a pairing code: ref,noise key,identity key,secret[,platform] expected");
        }
        return world.change(() -> scan(code.get(), person));
    }

    private ScanResult scan(QrCode code, Optional<String> person) {
        Registration registration = byRef.get(code.ref());
        if (registration == null || registration.expired(code.ref())) {
            return new ScanResult.Refused(
                    Problem.UNKNOWN,
                    "no companion waits with this code: it expired, was used, or its connection is gone");
        }
        if (!registration.shows(code)) {
            return new ScanResult.Refused(
                    Problem.MALFORMED, "the keys in this code are not those of the companion that waits with its ref");
        }
        Optional<String> owner = person.or(registration::pushName).filter(name -> !name.isBlank());
        SimulatedAccount account = owner.flatMap(this::find).orElseGet(() -> newcomer(owner));
        if (account.companions().size() >= settings.companions()) {
            return new ScanResult.Refused(
                    Problem.CONFLICT,
                    account.displayName() + " has " + settings.companions() + " linked devices, which is the limit");
        }
        return registration.offer(account, code.advSecret());
    }

    private Optional<SimulatedAccount> find(String person) {
        String digits = person.startsWith("+") ? person.substring(1) : person;
        return world.accounts().byNumber(digits).or(() -> world.accounts().byName(person));
    }

    private SimulatedAccount newcomer(Optional<String> owner) {
        String digits = owner.map(name -> name.startsWith("+") ? name.substring(1) : name)
                .orElse("");
        if (digits.matches("[1-9][0-9]{6,14}")) {
            return world.accounts().create(digits);
        }
        SimulatedAccount account = world.accounts().create();
        owner.ifPresent(name -> world.accounts().rename(account, name));
        return account;
    }

    /** Refs for a registration, in the order they are to be shown. */
    String[] open(Registration registration) {
        String[] refs = new String[settings.refs().count()];
        for (int i = 0; i < refs.length; i++) {
            byte[] bytes = new byte[REF_BYTES];
            world.random().nextBytes(bytes);
            refs[i] = "2@" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
            byRef.put(refs[i], registration);
        }
        return refs;
    }

    /** Forgets the refs of a registration that is over. */
    void close(String[] refs) {
        Arrays.stream(refs).forEach(byRef::remove);
    }
}
