package io.greenfinch.gateway.address;

import java.io.IOException;

/** A name stands for addresses only that may not be called; they are not told, for the caller may be asking just that. */
public final class ForbiddenAddressException extends IOException {

    private static final long serialVersionUID = 1L;

    ForbiddenAddressException() {
        super("the address is in a private network, which this server does not call");
    }
}
