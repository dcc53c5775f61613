/** What all commands share: how they are described, how they fail, what they write on terminals and into logs. */
@NullMarked
package io.greenfinch.app.cli;

import org.jspecify.annotations.NullMarked;
