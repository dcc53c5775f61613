package io.greenfinch.simulator.account;

import java.util.List;
import java.util.Map;

/**
 * Whom an account may write to, as a snapshot has it.
 *
 * @param rule what the service lets it do
 * @param writers numbers of those who wrote to it
 * @param given the tokens that it gave, by number, oldest first
 */
public record NewChatsSnapshot(NewChats.Rule rule, List<String> writers, Map<String, List<byte[]>> given) {}
