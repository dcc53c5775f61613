package io.greenfinch.interop.soak;

import io.greenfinch.interop.service.Gateway.Answer;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;

/** Applications that change groups with our accounts, and check what they are told against what the service has. */
final class Administrators {

    private final Stage stage;
    private final Supplier<Optional<URI>> apiUrl;
    private final Queue<String> untruths = new ConcurrentLinkedQueue<>();
    private final Map<String, Integer> answers = new ConcurrentSkipListMap<>();

    /**
     * Administrators.
     *
     * @param apiUrl where the gateway is; empty while it is not there
     */
    Administrators(Stage stage, Supplier<Optional<URI>> apiUrl) {
        this.stage = stage;
        this.apiUrl = apiUrl;
    }

    /**
     * What is wished of a group.
     *
     * @param aspect which of them it changes
     * @param flag field of the answer
     * @param is what the aspect is at present
     * @param wished what it shall be; a prefix is enough
     */
    private record Wish(
            String method,
            String flag,
            Map<String, Object> body,
            String aspect,
            Supplier<String> is,
            String... wished) {

        boolean fulfilled(String state) {
            for (String each : wished) {
                if (state.equals(each)) {
                    return true;
                }
            }
            return false;
        }
    }

    /** One call of a random instance for a random group. */
    void call(RandomGenerator random) {
        Optional<URI> present = apiUrl.get();
        Membership membership = stage.membership(stage.anySubject(random), stage.anyGroup(random));
        for (int i = 0; i < 10 && stage.rank(membership).equals("none"); i++) {
            membership = stage.membership(stage.anySubject(random), membership.group);
        }
        Wish wish = wish(membership.group, random);
        Aspect aspect = stage.aspect(membership.group, wish.aspect());
        if (present.isEmpty() || !membership.turn.tryLock()) {
            return;
        }
        try {
            String rank = stage.rank(membership);
            boolean idle = !rank.endsWith("admin") && random.nextInt(10) != 0; // most calls shall have something to do
            if (idle || !aspect.turn.tryLock()) {
                return;
            }
            try {
                change(membership, rank, wish, aspect, present.get());
            } finally {
                aspect.turn.unlock();
            }
        } finally {
            membership.turn.unlock();
        }
    }

    private Wish wish(String group, RandomGenerator random) {
        String phone = stage.anyGuest(random).phone();
        Supplier<String> rank = () -> stage.rank(group, phone);
        Map<String, Object> person = Map.of("groupId", group, "participantChatId", phone + "@c.us");
        return switch (random.nextInt(6)) {
            case 0 -> new Wish("addGroupParticipant", "addParticipant", person, phone, rank, "member", "admin");
            case 1 -> new Wish("removeGroupParticipant", "removeParticipant", person, phone, rank, "none");
            case 2 -> new Wish("setGroupAdmin", "setGroupAdmin", person, phone, rank, "admin");
            case 3 -> new Wish("removeAdmin", "removeAdmin", person, phone, rank, "member");
            case 4 -> {
                String name = "Name " + random.nextInt(1_000_000);
                yield new Wish(
                        "updateGroupName",
                        "updateGroupName",
                        Map.of("groupId", group, "groupName", name),
                        Stage.NAME,
                        () -> stage.simulator().group(group).get("subject").asString(),
                        name);
            }
            default -> {
                boolean edit = random.nextBoolean();
                boolean send = random.nextBoolean();
                yield new Wish(
                        "updateGroupSettings",
                        "updateGroupSettings",
                        Map.of(
                                "groupId",
                                group,
                                "allowParticipantsEditGroupSettings",
                                edit,
                                "allowParticipantsSendMessages",
                                send),
                        Stage.SETTINGS,
                        () -> settings(group),
                        (edit ? "open " : "locked ") + (send ? "all" : "admins"));
            }
        };
    }

    private String settings(String group) {
        JsonNode now = stage.simulator().group(group);
        return (now.get("locked").asBoolean() ? "locked " : "open ")
                + (now.get("announcement").asBoolean() ? "admins" : "all");
    }

    private void change(Membership membership, String rank, Wish wish, Aspect aspect, URI gateway) {
        String before = wish.is().get();
        boolean uncertain = aspect.uncertain();
        boolean unsure = membership.uncertain() || membership.roleInMotion();
        Answer answer;
        try {
            answer = membership.subject.at(gateway).post(wish.method(), wish.body());
        } catch (UncheckedIOException e) {
            aspect.unknown(); // the gateway was killed under way
            count(wish, "no answer");
            return;
        }
        String after = wish.is().get();
        String reason = answer.reason().orElse("");
        boolean done = answer.status() == 200 && answer.json().get(wish.flag()).asBoolean();
        String told =
                answer.status() + (answer.status() == 200 ? " " + done : "") + (reason.isEmpty() ? "" : " " + reason);
        count(wish, told);
        boolean fits;
        if (answer.status() == 200 && done) {
            fits = wish.fulfilled(after) && (unsure || allowed(rank, wish, reason));
        } else if (reason.equals("partly-done")) {
            fits = wish.aspect().equals(Stage.SETTINGS) && half(wish.wished()[0], before, after);
        } else if (answer.status() == 200) {
            fits = after.equals(before) && explains(reason, rank, unsure, wish.fulfilled(before));
        } else if (told.equals("502 unknown")) {
            aspect.unknown();
            fits = true;
        } else {
            fits = after.equals(before)
                    && (told.equals("502 not-sent") || told.equals("429 whatsapp-rate-limit") || told.equals("400"));
        }
        if (!fits && !uncertain) {
            untruths.add("%s (%s) in %s, %s, %s before, %s afterwards, was told: %s"
                    .formatted(
                            membership.subject.account().name(),
                            rank,
                            membership.group,
                            wish.method(),
                            before,
                            after,
                            told));
        }
    }

    /** Members may do something only where the group lets them: name and adding people depend on its settings. */
    private static boolean allowed(String rank, Wish wish, String reason) {
        boolean open = wish.method().equals("updateGroupName") || wish.method().equals("addGroupParticipant");
        return rank.endsWith("admin") || (rank.equals("member") && open) || reason.equals("unchanged");
    }

    private static boolean explains(String reason, String rank, boolean unsure, boolean wasSo) {
        return switch (reason) {
            case "not-an-admin" -> unsure || rank.equals("member");
            case "not-a-member" -> unsure || rank.equals("none");
            case "already-a-participant",
                    "not-a-participant",
                    "already-an-admin",
                    "participant-is-no-admin",
                    "unchanged" -> true; // of the guest, whose place is compared
            case "server-error", "refused-500", "refused-503" -> !wasSo;
            default -> false;
        };
    }

    /** Whether of two settings the first is as wished, the second as before, and this is neither. */
    private static boolean half(String wished, String before, String after) {
        String mixed = wished.split(" ")[0] + " " + before.split(" ")[1];
        return after.equals(mixed) && !mixed.equals(before) && !mixed.equals(wished);
    }

    private void count(Wish wish, String answer) {
        answers.merge(wish.method() + " " + answer, 1, Integer::sum);
    }

    /** Answers that were not so. */
    Queue<String> untruths() {
        return untruths;
    }

    /** How often each answer was given. */
    Map<String, Integer> answers() {
        return answers;
    }
}
