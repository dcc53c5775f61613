/** Whom the account has blocked, and who may see what of it (specification §25). */
@NullMarked
package io.greenfinch.client.privacy;

import org.jspecify.annotations.NullMarked;
