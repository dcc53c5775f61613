/** What the tests ask of the services under test: the gateway's HTTP interface and the simulator's admin interface. */
@NullMarked
package io.greenfinch.interop.service;

import org.jspecify.annotations.NullMarked;
