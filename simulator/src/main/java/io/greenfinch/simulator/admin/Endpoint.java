package io.greenfinch.simulator.admin;

/** Answers one kind of admin request. May throw {@link BadInput}. */
@FunctionalInterface
interface Endpoint {

    AdminAnswer answer(AdminRequest request);
}
