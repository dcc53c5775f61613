/** Instances: GREEN-API's handles on accounts, each with its token, its settings and its session. */
@NullMarked
package io.greenfinch.gateway.instance;

import org.jspecify.annotations.NullMarked;
