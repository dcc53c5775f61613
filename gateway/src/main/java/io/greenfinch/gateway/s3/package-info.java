/** Files in an S3-compatible store; the one room that knows the client of such. */
@NullMarked
package io.greenfinch.gateway.s3;

import org.jspecify.annotations.NullMarked;
