/** The run that the script makes after a build, for the JVM to note what starts need (ADR 5). */
@NullMarked
package io.greenfinch.app.rehearsal;

import org.jspecify.annotations.NullMarked;
