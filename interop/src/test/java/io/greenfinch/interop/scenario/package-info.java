/** What real third-party clients and our gateway see of each other. */
@NullMarked
package io.greenfinch.interop.scenario;

import org.jspecify.annotations.NullMarked;
