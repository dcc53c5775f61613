/** The companion client: one {@link io.greenfinch.client.Session} per linked account, many sessions per process. */
@NullMarked
package io.greenfinch.client;

import org.jspecify.annotations.NullMarked;
