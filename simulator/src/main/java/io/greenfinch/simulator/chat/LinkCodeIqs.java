package io.greenfinch.simulator.chat;

import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import io.greenfinch.protocol.pairing.LinkCode;
import io.greenfinch.simulator.account.SimulatedAccount;
import io.greenfinch.simulator.group.ServiceDecision;
import io.greenfinch.simulator.group.ServiceRefusal;
import io.greenfinch.simulator.request.IqAnswer;
import io.greenfinch.simulator.world.World;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a companion asks for when it is to be linked by a code typed on the phone (specification §8). Guarded by the world's lock. */
final class LinkCodeIqs {

    /** The real service refuses displays that are not made like this of names it knows. */
    private static final Pattern DISPLAY =
            Pattern.compile("(Chrome|Chromium|Firefox|Safari|Edge|Opera|Brave|IE|Internet Explorer|Desktop) "
                    + "\\((Linux|Ubuntu|Debian|Windows|Mac OS|macOS|Chrome OS|Android|iOS)\\)");

    private static final int MAX_PLATFORM = 3;

    private final World world;
    private final CodeDesk codes;
    private final Registration registration;

    LinkCodeIqs(World world, CodeDesk codes, Registration registration) {
        this.world = world;
        this.codes = codes;
        this.registration = registration;
    }

    /** Answers {@code <link_code_companion_reg>}. */
    PairingReply answer(Node request) {
        Optional<SimulatedAccount> account =
                request.jid("jid").filter(Jid::isPn).flatMap(world.accounts()::find);
        return switch (request.attribute("stage").orElse("")) {
            case "companion_hello" -> new PairingReply(hello(request, account));
            case "companion_finish" ->
                switch (codes.finish(registration, request)) {
                    case ServiceDecision.Granted<Runnable>(Runnable then) -> new PairingReply(IqAnswer.result(), then);
                    case ServiceDecision.Refused<Runnable>(ServiceRefusal refusal) -> PairingReply.refused(refusal);
                };
            default -> PairingReply.refused(ServiceRefusal.BAD_REQUEST);
        };
    }

    private IqAnswer hello(Node request, Optional<SimulatedAccount> account) {
        byte[] hello = content(request, "link_code_pairing_wrapped_companion_ephemeral_pub");
        String platform = text(request, "companion_platform_id");
        if (hello.length != LinkCode.WRAPPED_LENGTH
                || !registration.connectsWith(content(request, "companion_server_auth_key_pub"))
                || platform.isEmpty()
                || platform.length() > MAX_PLATFORM
                || !DISPLAY.matcher(text(request, "companion_platform_display")).matches()
                || request.child("link_code_pairing_nonce").isEmpty()) {
            return IqAnswer.refused(ServiceRefusal.BAD_REQUEST);
        }
        if (account.isEmpty()) {
            return IqAnswer.refused(ServiceRefusal.ITEM_NOT_FOUND);
        }
        return IqAnswer.of(
                codes.open(registration, account.get(), hello),
                ref -> IqAnswer.result(Node.element("link_code_companion_reg")
                        .attribute("stage", "companion_hello")
                        .child(Node.bytes("link_code_pairing_ref", ref))
                        .build()));
    }

    private static byte[] content(Node parent, String tag) {
        return parent.child(tag).map(Node::content).orElse(new byte[0]);
    }

    private static String text(Node parent, String tag) {
        return parent.child(tag).map(Node::contentText).orElse("");
    }
}
