package io.greenfinch.interop.methods;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** A community of the account's own with one group that goes in and out, and one of somebody else, to be left. */
final class CommunityMethods implements Area {

    private final Caller caller;
    private final String others;
    private Optional<String> own = Optional.empty();
    private Optional<String> part = Optional.empty();

    /** @param others the id of a community that the account is in, and has not made */
    CommunityMethods(Caller caller, String others) {
        this.caller = caller;
        this.others = others;
    }

    @Override
    public Calls methods() {
        return new Calls()
                .with("createCommunity", _ -> create())
                .with("linkCommunityGroups", _ -> change("linkCommunityGroups", "linkGroup", true))
                .with("unlinkCommunityGroups", _ -> change("unlinkCommunityGroups", "unlinkGroup", false))
                .with("getCommunityGroups", _ -> groups())
                .with("leaveCommunity", this::leave);
    }

    private void create() {
        if (own.isEmpty()) {
            Told told = caller.post("createCommunity", Map.of("communityName", "Town " + caller.instance()));
            if (told.flag("created")) {
                own = Optional.of(told.json().get("communityId").asString());
                caller.hold(
                        rank(own.get()).equals("superadmin"), "createCommunity", own.get() + " is not the account's");
            }
        }
    }

    private String rank(String group) {
        return Room.rank(caller.simulator().group(group), caller.phone());
    }

    private Optional<String> part() {
        if (part.isEmpty()) {
            Told told = caller.post(
                    "createGroup",
                    Map.of("groupName", "Part of " + caller.instance(), "chatIds", List.of()),
                    "500 refused-");
            if (told.done()) {
                part = Optional.of(told.json().get("chatId").asString());
            }
        }
        return part;
    }

    private void change(String method, String flag, boolean linked) {
        if (own.isPresent() && part().isPresent()) {
            String group = part.get();
            boolean before = isLinked(group);
            Told told = caller.post(method, Map.of("communityId", own.get(), "groupIds", List.of(group)));
            boolean after = isLinked(group);
            if (told.done()) {
                JsonNode result = told.json().get("results").get(0);
                String state = "%s, linked before %s, afterwards %s, was told: %s %s"
                        .formatted(
                                group,
                                before,
                                after,
                                result.get(flag),
                                result.path("reason").asString(""));
                if (result.get(flag).asBoolean(false)) {
                    caller.hold(after == linked, method, state);
                } else if (!result.get(flag).isNull()) {
                    caller.hold(after == before, method, state);
                }
            }
        }
    }

    private boolean isLinked(String group) {
        return own.filter(caller.simulator().group(group).path("community").asString("")::equals)
                .isPresent();
    }

    private void groups() {
        if (own.isPresent()) {
            Told told = caller.post("getCommunityGroups", Map.of("communityId", own.get()));
            if (told.done() && told.json().get("groups").isArray() && part.isPresent()) {
                boolean listed = told.json()
                        .get("groups")
                        .valueStream()
                        .map(each -> each.get("groupId").asString())
                        .collect(Collectors.toSet())
                        .contains(part.get());
                caller.hold(listed == isLinked(part.get()), "getCommunityGroups", part.get() + " is told otherwise");
            }
        }
    }

    private void leave(RandomGenerator random) {
        String community = own.filter(_ -> random.nextBoolean()).orElse(others);
        String before = rank(community);
        Told told = caller.post("leaveCommunity", Map.of("communityId", community));
        String after = rank(community);
        String state = "%s, %s before, %s afterwards, was told: %s".formatted(community, before, after, told);
        if (told.flag("leaveCommunity")) {
            caller.hold(after.equals("none"), "leaveCommunity", state);
        } else if (!told.unknown()) {
            caller.hold(after.equals(before), "leaveCommunity", state);
        }
    }
}
