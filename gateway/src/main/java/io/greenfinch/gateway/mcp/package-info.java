/** What a program that speaks the Model Context Protocol can see and do of an instance. */
@NullMarked
package io.greenfinch.gateway.mcp;

import org.jspecify.annotations.NullMarked;
