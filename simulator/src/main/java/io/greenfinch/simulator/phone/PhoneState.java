package io.greenfinch.simulator.phone;

import io.greenfinch.simulator.account.Phone;
import io.greenfinch.simulator.account.PhoneKeys;
import io.greenfinch.simulator.account.SimulatedAccount;
import java.util.Optional;

/** What one phone knows: what it showed, its chats, its secrets. In memory only. Guarded by the world's lock. */
final class PhoneState {

    private static final int MESSAGES_KEPT = 1000;

    private final Phone phone;
    private final PhoneTools tools;
    private final PhoneScreen screen = new PhoneScreen();
    private final RecentMap<String, KnownMessage> messages = new RecentMap<>(MESSAGES_KEPT);
    private final RetryCounts retries = new RetryCounts();
    private PhoneAppState appState;
    private Optional<SyntheticHistory> synthetic = Optional.empty();
    private PhoneKeys keys;
    private PhoneSessions sessions;
    private PhoneGroupKeys groupKeys;

    PhoneState(Phone phone, PhoneTools tools) {
        this.phone = phone;
        this.tools = tools;
        this.keys = phone.keys();
        this.sessions = new PhoneSessions(phone, tools);
        this.groupKeys = new PhoneGroupKeys(tools);
        this.appState = new PhoneAppState(tools.world(), this);
    }

    /** After the phone was registered anew nothing of before can be read or written any more. */
    PhoneState current() {
        if (keys != phone.keys()) {
            appState = new PhoneAppState(tools.world(), this);
            forgetSecrets();
        }
        return this;
    }

    /** Begins without sessions and keys of groups, as after a backup that has none. */
    void forgetSecrets() {
        keys = phone.keys();
        sessions = new PhoneSessions(phone, tools);
        groupKeys = new PhoneGroupKeys(tools);
    }

    Phone phone() {
        return phone;
    }

    SimulatedAccount owner() {
        return phone.account();
    }

    PhoneScreen screen() {
        return screen;
    }

    RecentMap<String, KnownMessage> messages() {
        return messages;
    }

    PhoneAppState appState() {
        return appState;
    }

    /** What it claims to have read and written before. */
    Optional<SyntheticHistory> synthetic() {
        return synthetic;
    }

    void synthetic(SyntheticHistory history) {
        synthetic = Optional.of(history);
    }

    RetryCounts retries() {
        return retries;
    }

    PhoneSessions sessions() {
        return sessions;
    }

    PhoneGroupKeys groupKeys() {
        return groupKeys;
    }
}
