/** Work that is done for many instances without anybody waiting for it. */
@NullMarked
package io.greenfinch.gateway.work;

import org.jspecify.annotations.NullMarked;
