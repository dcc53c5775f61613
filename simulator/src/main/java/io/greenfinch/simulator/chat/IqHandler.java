package io.greenfinch.simulator.chat;

/** Answers one kind of request. Called while the world is locked; must not wait. */
@FunctionalInterface
interface IqHandler {

    IqAnswer answer(IqRequest request);
}
