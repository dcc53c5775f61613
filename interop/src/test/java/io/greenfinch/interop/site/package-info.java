/** The docs as a site. */
package io.greenfinch.interop.site;
