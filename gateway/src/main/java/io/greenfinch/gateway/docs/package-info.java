/** The description of the API: an OpenAPI document, and a page that shows it. */
@NullMarked
package io.greenfinch.gateway.docs;

import org.jspecify.annotations.NullMarked;
