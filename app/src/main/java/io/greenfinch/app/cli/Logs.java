package io.greenfinch.app.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.pattern.ClassicConverter;
import ch.qos.logback.classic.pattern.MessageConverter;
import ch.qos.logback.classic.pattern.ThrowableProxyConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import io.greenfinch.protocol.text.Printable;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.stream.Collectors;
import org.slf4j.LoggerFactory;

/** Logs go to standard error; standard output belongs to what the command says. */
public final class Logs {

    /** One event a line: text for people, JSON for machines. */
    public enum Format {
        text,
        json
    }

    private Logs() {}

    /** Sets what is logged from now on, and how. */
    public static void configure(Level level, Format format) {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        Encoder<ILoggingEvent> encoder = encoder(context, format);
        encoder.start();
        ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
        appender.setContext(context);
        appender.setTarget("System.err");
        appender.setEncoder(encoder);
        appender.start();
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.WARN);
        root.addAppender(appender);
        context.getLogger("io.greenfinch").setLevel(level);
        // It tells what it was sent, and callers are told themselves what is wrong with that.
        context.getLogger("io.modelcontextprotocol").setLevel(Level.OFF);
        context.getLogger("reactor").setLevel(Level.OFF);
        // It may tell names of files; what it could not do is said by who asked for it.
        context.getLogger("software.amazon.awssdk").setLevel(Level.OFF);
        // It warns at each start of meters that were made before the registry: those have counted nothing by then.
        context.getLogger("io.micrometer.core.instrument.composite").setLevel(Level.ERROR);
    }

    /** The time of day here. Its form is made with the first line, for the zones of the world take a part of a start. */
    static final class When extends ClassicConverter {

        private static final class Form {
            static final DateTimeFormatter SHOWN =
                    DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSXXX").withZone(ZoneId.systemDefault());
        }

        @Override
        public String convert(ILoggingEvent event) {
            return Form.SHOWN.format(event.getInstant());
        }
    }

    /** What is said, on one line whatever servers and people have put into it. */
    static final class Line extends MessageConverter {
        @Override
        public String convert(ILoggingEvent event) {
            return Printable.of(super.convert(event));
        }
    }

    /** A stack trace; indented, so that what a message in it says can't pass for a line of the log. */
    static final class Trace extends ThrowableProxyConverter {
        @Override
        public String convert(ILoggingEvent event) {
            return super.convert(event)
                    .lines()
                    .map(line -> "    " + Printable.of(line.replace("\t", "    ")) + System.lineSeparator())
                    .collect(Collectors.joining());
        }
    }

    static Encoder<ILoggingEvent> encoder(LoggerContext context, Format format) {
        return switch (format) {
            case text -> {
                PatternLayout layout = new PatternLayout();
                layout.setContext(context);
                layout.getInstanceConverterMap().put("line", Line::new);
                layout.getInstanceConverterMap().put("trace", Trace::new);
                layout.getInstanceConverterMap().put("when", When::new);
                layout.setPattern("%when %-5level %logger{0}: %line%n%trace{full}");
                layout.start();
                LayoutWrappingEncoder<ILoggingEvent> encoder = new LayoutWrappingEncoder<>();
                encoder.setContext(context);
                encoder.setLayout(layout);
                yield encoder;
            }
            case json -> {
                JsonEncoder encoder = new JsonEncoder();
                encoder.setContext(context);
                yield encoder;
            }
        };
    }
}
