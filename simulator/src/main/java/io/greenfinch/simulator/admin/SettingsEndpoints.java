package io.greenfinch.simulator.admin;

import io.greenfinch.simulator.group.Addressing;
import io.greenfinch.simulator.request.Policy;
import java.util.Map;

/** What can be chosen while the simulator runs. */
final class SettingsEndpoints {

    private static final int MOST_MESSAGES = 1_000_000;

    private static final int MOST_PATCHES = 1_000_000;

    private SettingsEndpoints() {}

    static void register(AdminHandler admin, Policy policy) {
        admin.on("GET", "/admin/settings", _ -> show(policy)).on("POST", "/admin/settings", request -> {
            Input input = request.input();
            var strict = input.flag("strict");
            var resuming = input.flag("resuming");
            var messageRate = input.number("messagesPerSecond", 0, MOST_MESSAGES);
            var addressing = input.text("newGroupAddressing")
                    .map(text -> Addressing.parse(text)
                            .orElseThrow(() -> BadInput.malformed("\"newGroupAddressing\" must be pn or lid")));
            var snapshotAfter = input.number("snapshotAfter", 0, MOST_PATCHES);
            input.end();
            snapshotAfter.ifPresent(policy::snapshotAfter);
            strict.ifPresent(policy::strict);
            resuming.ifPresent(policy::resuming);
            addressing.ifPresent(policy::newGroups);
            messageRate.ifPresent(policy::messageRate);
            return show(policy);
        });
    }

    private static AdminAnswer show(Policy policy) {
        return AdminAnswer.ok(Map.of(
                "strict",
                policy.strict(),
                "resuming",
                policy.resuming(),
                "newGroupAddressing",
                policy.newGroups().text(),
                "messagesPerSecond",
                policy.messageRate(),
                "snapshotAfter",
                policy.snapshotAfter()));
    }
}
