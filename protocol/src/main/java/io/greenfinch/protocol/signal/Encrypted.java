package io.greenfinch.protocol.signal;

/**
 * A message that was encrypted. The state must be stored before the message leaves: a key that was used twice tells what
 * was written with it.
 *
 * @param <S> kind of the state
 * @param state the state after this message
 * @param message the message to send
 */
public record Encrypted<S>(S state, EncryptedMessage message) {}
