package io.greenfinch.gateway.http;

import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** What the checks of a request's body found. */
sealed interface CheckedBody {

    /**
     * It is as the method's schema demands.
     *
     * @param fields its fields
     * @param files its files, deleted by {@link #close}
     * @param identity equal for a request that is repeated
     * @param over what else is to be done at the end of the request
     */
    record Fine(ObjectNode fields, Map<String, UploadedFile> files, byte[] identity, Runnable over)
            implements CheckedBody, AutoCloseable {

        @Override
        public void close() {
            over.run();
        }
    }

    /** It is not, and this is what to say. */
    record Refused(Answer answer) implements CheckedBody {}
}
