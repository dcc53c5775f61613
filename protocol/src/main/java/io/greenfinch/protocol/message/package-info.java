/** What messages hold once they are decrypted: padding, kinds, wrappers (specification §11.4, §14, §31.5). */
@NullMarked
package io.greenfinch.protocol.message;

import org.jspecify.annotations.NullMarked;
