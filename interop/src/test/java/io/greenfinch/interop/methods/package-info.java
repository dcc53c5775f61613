/** Many instances, every method of the API, with faults: no answer is untrue, and in the end all is as the service has it. */
@NullMarked
package io.greenfinch.interop.methods;

import org.jspecify.annotations.NullMarked;
