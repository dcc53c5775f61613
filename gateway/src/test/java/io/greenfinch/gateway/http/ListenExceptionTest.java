package io.greenfinch.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.BindException;
import java.net.SocketException;
import java.nio.channels.UnresolvedAddressException;
import org.junit.jupiter.api.Test;

class ListenExceptionTest {

    @Test
    void tellsAPortThatIsKeptForTheAdministrator() {
        assertThat(new ListenException("127.0.0.1", 80, new IOException(new SocketException("Permission denied"))))
                .hasMessage("Can't listen on 127.0.0.1:80: ports below 1024 are kept for the administrator; choose a"
                        + " higher one, and put a proxy in front.");
    }

    @Test
    void saysWhatTheSystemSaysOtherwise() {
        assertThat(new ListenException("::1", 80, new IOException(new BindException("No buffers"))))
                .hasMessage("Can't listen on [::1]:80: No buffers.");
        assertThat(ListenException.words(new UnresolvedAddressException())).isEqualTo("there is no host of this name");
        assertThat(ListenException.words(new IOException())).isEqualTo("the system does not say why");
    }
}
