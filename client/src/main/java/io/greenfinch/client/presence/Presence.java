package io.greenfinch.client.presence;

/** Whether the account shows others that it is there (specification §24). Thread-safe; returns at once. */
public interface Presence {

    /**
     * From now on, and on each connection, it is shown to be there, or is not. Nothing is shown as long as the account's own name is not
     * known, which phones tell with the app state: WhatsApp takes it with the presence.
     */
    void available(boolean shown);
}
