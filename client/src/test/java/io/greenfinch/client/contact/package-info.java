@NullMarked
package io.greenfinch.client.contact;

import org.jspecify.annotations.NullMarked;
