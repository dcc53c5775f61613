@NullMarked
package io.greenfinch.gateway.contact;

import org.jspecify.annotations.NullMarked;
