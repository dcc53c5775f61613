package io.greenfinch.interop.page;

import io.greenfinch.interop.program.Checkout;
import java.net.URI;
import java.util.List;

/** Python's requests with {@code json=}. */
final class PythonRequests {
    static boolean installed() {
        return CommandLine.succeeds(List.of("python3", "-c", "import requests"));
    }

    Answer post(URI url, String groupId) {
        String script = Checkout.folder()
                .resolve("interop/src/test/resources/page/leave_group.py")
                .toString();
        return CommandLine.run(List.of("python3", script, url.toString(), groupId));
    }
}
