package io.greenfinch.interop.page;

import io.greenfinch.interop.program.Machine;
import java.net.URI;
import java.util.stream.Stream;

/** A client of the documentation page. */
enum PageClient {
    PYTHON_REQUESTS {
        @Override
        Answer post(URI url, String groupId) {
            return new PythonRequests().post(url, groupId);
        }
    },
    CURL {
        @Override
        Answer post(URI url, String groupId) {
            return new Curl().post(url, groupId);
        }
    },
    SPRING_REST_TEMPLATE {
        @Override
        Answer post(URI url, String groupId) {
            return new SpringRestTemplate().post(url, groupId);
        }
    },
    UNIREST {
        @Override
        Answer post(URI url, String groupId) {
            return new UnirestClient().post(url, groupId);
        }
    },
    VBA_XMLHTTP {
        @Override
        Answer post(URI url, String groupId) {
            try (Xmlhttp http = new Xmlhttp(url)) {
                return http.post(url, "{\"groupId\":\"%s\"}".formatted(groupId)).answer();
            }
        }
    };

    /** Does what the page's example does, with another address and group. */
    abstract Answer post(URI url, String groupId);

    /**
     * The clients that this machine has. Only Python's package may be missing, and not in CI: {@code ./greenfinch test} says so in a loud line.
     */
    static Stream<PageClient> available() {
        return Stream.of(values())
                .filter(client -> client != PYTHON_REQUESTS || Machine.isCi() || PythonRequests.installed());
    }
}
