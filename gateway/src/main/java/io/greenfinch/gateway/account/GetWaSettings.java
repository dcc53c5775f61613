package io.greenfinch.gateway.account;

import io.greenfinch.client.Account;
import io.greenfinch.client.SessionStatus;
import io.greenfinch.client.SessionStatus.Disconnect;
import io.greenfinch.client.picture.PictureSize;
import io.greenfinch.gateway.http.Answer;
import io.greenfinch.gateway.http.Call;
import io.greenfinch.gateway.http.InstanceMethod;
import io.greenfinch.gateway.http.Json;
import io.greenfinch.gateway.http.MethodSpec;
import io.greenfinch.gateway.instance.Instance;
import io.greenfinch.gateway.instance.InstanceState;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Tells about the linked account (green-api.md §4.12). Who it is stays empty unless it is authorized. */
public final class GetWaSettings implements InstanceMethod {

    private static final Duration AVATAR_PATIENCE = Duration.ofSeconds(3);
    private static final MethodSpec SPEC = MethodSpec.get("getWaSettings", 1).asSafe();

    private final Clock clock;

    public GetWaSettings(Clock clock) {
        this.clock = clock;
    }

    @Override
    public MethodSpec spec() {
        return SPEC;
    }

    @Override
    public Answer handle(Call call, Instance instance) {
        Optional<SessionStatus> status =
                instance.session().map(session -> session.account().status());
        InstanceState state = instance.state(clock.instant());
        Optional<Account> account =
                state == InstanceState.AUTHORIZED ? status.flatMap(SessionStatus::account) : Optional.empty();
        ObjectNode answer = Json.object()
                .put("avatar", account.map(linked -> avatar(instance, linked)).orElse(""))
                .put("base64Avatar", "")
                .put("chatId", account.map(GetWaSettings::chatId).orElse(""))
                .put("phone", account.map(linked -> linked.pn().user()).orElse(""))
                // No history is synchronized, so none is outstanding.
                .put("historySyncProgress", account.isPresent() ? 100 : 0)
                .put("stateInstance", state.wire())
                .put("deviceId", account.map(linked -> linked.pn().toString()).orElse(""))
                .put("logoutProcess", false);
        if (state == InstanceState.SUSPENDED) {
            status.flatMap(SessionStatus::lastDisconnect)
                    .flatMap(Disconnect::until)
                    .ifPresent(until -> answer.put("suspendedUntil", until.getEpochSecond()));
        }
        return Answer.ok(answer);
    }

    /** Where the picture is to be had; whoever asks for the settings does not wait long for it. */
    private String avatar(Instance instance, Account account) {
        Instant deadline = clock.instant().plus(AVATAR_PATIENCE);
        return instance.session()
                .filter(session -> session.account().status().online())
                .map(session -> session.pictures().find(account.pn().account(), PictureSize.IMAGE, deadline))
                .flatMap(told -> told.done().map(picture -> picture.url().toString()))
                .orElse("");
    }

    private static String chatId(Account account) {
        return account.lid()
                .map(lid -> lid.account().toString())
                .orElseGet(() -> account.pn().user() + "@c.us");
    }
}
