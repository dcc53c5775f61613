package io.greenfinch.interop.service;

/**
 * An account with both its names.
 *
 * @param pn phone number JID, without a device
 * @param lid hidden-identity JID, without a device
 */
public record Person(String name, String pn, String lid) {

    /** Whether a JID, with or without a device, names this account. */
    public boolean isNamed(String jid) {
        String account = withoutDevice(jid);
        return account.equals(pn) || account.equals(lid);
    }

    /** The name that groups of a mode use, {@code pn} or {@code lid}. */
    public String jidIn(String mode) {
        return mode.equals("lid") ? lid : pn;
    }

    /** The phone number, digits only. */
    public String phone() {
        return pn.substring(0, pn.indexOf('@'));
    }

    private static String withoutDevice(String jid) {
        int colon = jid.indexOf(':');
        int at = jid.indexOf('@');
        return colon < 0 || at < colon ? jid : jid.substring(0, colon) + jid.substring(at);
    }
}
