/** Files in a store that speaks S3, as moto's server does. */
@NullMarked
package io.greenfinch.gateway.s3;

import org.jspecify.annotations.NullMarked;
