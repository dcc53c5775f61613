/** Whether the account shows that it is there (specification §24). */
@NullMarked
package io.greenfinch.client.presence;

import org.jspecify.annotations.NullMarked;
