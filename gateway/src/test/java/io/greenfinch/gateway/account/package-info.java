@NullMarked
package io.greenfinch.gateway.account;

import org.jspecify.annotations.NullMarked;
