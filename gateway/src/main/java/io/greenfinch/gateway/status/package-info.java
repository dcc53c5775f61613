/**
 * Methods that tell of status updates, those of others and our own (green-api.md §13). Those that post them are with what is sent.
 */
@NullMarked
package io.greenfinch.gateway.status;

import org.jspecify.annotations.NullMarked;
