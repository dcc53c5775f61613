package io.greenfinch.gateway.account;

import io.greenfinch.client.Account;
import io.greenfinch.client.SessionStatus;
import io.greenfinch.client.SessionStatus.Disconnect;
import io.greenfinch.client.picture.PictureSize;
import io.greenfinch.gateway.chat.ChatNames;
import io.greenfinch.gateway.group.ChatIds;
import io.greenfinch.gateway.http.ApiMethod;
import io.greenfinch.gateway.http.Call;
import io.greenfinch.gateway.http.Descriptor;
import io.greenfinch.gateway.http.Descriptor.Trait;
import io.greenfinch.gateway.http.ObjectShape;
import io.greenfinch.gateway.http.Reply;
import io.greenfinch.gateway.http.Shape;
import io.greenfinch.gateway.instance.Instance;
import io.greenfinch.gateway.instance.InstanceState;
import io.greenfinch.gateway.picture.GetAvatar;
import io.greenfinch.gateway.store.HistoryProgressTable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/** Tells about the linked account (green-api.md §4.12). Who it is stays empty unless it is authorized. */
public record GetWaSettings(HistoryProgressTable progress, Clock clock) implements ApiMethod.OfInstance {

    private static final Duration AVATAR_PATIENCE = Duration.ofSeconds(3);
    private static final Shape PHONE = Shape.pattern("[0-9]*");
    private static final Shape DEVICE = Shape.pattern("$|^[0-9]+:[0-9]+@s\\.whatsapp\\.net");

    /** What is shown of an instance: who it is only when it is authorized. */
    private record AccountView(
            InstanceState state, Optional<Account> account, String avatar, int history, Optional<Long> suspendedUntil) {

        String account(Function<Account, String> read) {
            return account.map(read).orElse("");
        }
    }

    private static final ObjectShape<AccountView> SETTINGS = ObjectShape.of(AccountView.class)
            .text("avatar", AccountView::avatar)
            .text("base64Avatar", shown -> "")
            .with("chatId", ChatIds.PERSON_OR_NOBODY, shown -> shown.account(GetWaSettings::chatId))
            .with("phone", PHONE, shown -> shown.account(own -> own.pn().user()))
            .with("historySyncProgress", Shape.number(0, 100), AccountView::history)
            .with("stateInstance", GetStateInstance.STATE, shown -> shown.state.wire())
            .with("deviceId", DEVICE, shown -> shown.account(own -> own.pn().toString()))
            .flag("logoutProcess", shown -> false)
            .maybe("suspendedUntil", Shape.NUMBER, AccountView::suspendedUntil);

    @Override
    public Descriptor descriptor() {
        return Descriptor.get("getWaSettings", 1).with(Trait.SAFE).answering(SETTINGS.shape());
    }

    @Override
    public Reply handle(Call call, Instance instance) {
        Optional<SessionStatus> status =
                instance.session().map(session -> session.account().status());
        InstanceState state = instance.state(clock.instant());
        Optional<Account> account =
                status.flatMap(SessionStatus::account).filter(linked -> state == InstanceState.AUTHORIZED);
        Optional<Long> until = status.filter(known -> state == InstanceState.SUSPENDED)
                .flatMap(SessionStatus::lastDisconnect)
                .flatMap(Disconnect::until)
                .map(Instant::getEpochSecond);
        String avatar = account.map(linked -> avatar(instance, linked)).orElse("");
        int history = account.isPresent() ? progress.of(instance.id()) : 0;
        return Reply.ok(SETTINGS.of(new AccountView(state, account, avatar, history, until)));
    }

    /** Where the picture is to be had; whoever asks for the settings does not wait long for it. */
    private String avatar(Instance instance, Account account) {
        Instant deadline = clock.instant().plus(AVATAR_PATIENCE);
        return instance.session()
                .filter(session -> session.account().status().online())
                .map(session -> session.pictures().find(account.pn().account(), PictureSize.IMAGE, deadline))
                .map(GetAvatar::url)
                .orElse("");
    }

    private static String chatId(Account account) {
        return account.lid().map(ChatNames::of).orElseGet(() -> ChatNames.of(account.pn()));
    }
}
