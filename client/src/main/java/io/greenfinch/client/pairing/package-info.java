/**
 * The way from no account to a linked one, by QR code or by a code typed on the phone, and by a passkey where
 * WhatsApp demands one (specification §7, §8). What happens to an
 * account that is linked stays out.
 */
@NullMarked
package io.greenfinch.client.pairing;

import org.jspecify.annotations.NullMarked;
