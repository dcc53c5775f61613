/**
 * What is told to those who run an instance: notifications, their durable queue, and the log of events that streams will read. A
 * new kind of notification is one more case of {@link io.greenfinch.gateway.notification.Notification}.
 */
@NullMarked
package io.greenfinch.gateway.notification;

import org.jspecify.annotations.NullMarked;
