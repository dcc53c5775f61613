package io.greenfinch.simulator.fault;

/**
 * Who a fault may hit: one companion.
 *
 * @param number the account's phone number
 * @param lid user part of its LID
 * @param device number of the companion
 */
public record Party(String number, String lid, int device) {}
