/** Packages, installed in systems of their own. Part of the long run only: they need root and an hour's patience. */
package io.greenfinch.interop.packages;
