package io.greenfinch.interop.peer;

/**
 * An invitation that a third-party client was given for somebody it could not add.
 *
 * @param refusal the code with which the addition was refused
 * @param code what the invited person shows
 * @param expiration until when it is good, in seconds since the epoch
 */
public record PeerInvitation(int refusal, String code, long expiration) {}
