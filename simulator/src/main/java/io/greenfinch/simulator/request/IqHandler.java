package io.greenfinch.simulator.request;

/** Answers one kind of request. Called while the world is locked; must not wait. */
@FunctionalInterface
public interface IqHandler {

    IqAnswer answer(IqRequest request);
}
