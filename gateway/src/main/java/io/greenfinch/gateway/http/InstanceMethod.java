package io.greenfinch.gateway.http;

import io.greenfinch.gateway.instance.Instance;

/** A method of {@code /waInstance{id}/{method}/{token}}. Implementations are thread-safe. */
public interface InstanceMethod {

    /** Always the same. */
    MethodSpec spec();

    /** Does the work on the request's own virtual thread; may block until the call's deadline. */
    Answer handle(Call call, Instance instance);
}
