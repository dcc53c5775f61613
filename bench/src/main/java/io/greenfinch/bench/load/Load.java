package io.greenfinch.bench.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Runs the load programs: {@code Load SCRIPT [program …]}; all but {@code rest}, which takes an hour, without names. */
public final class Load {

    private Load() {}

    /** One line of the result. */
    record Figure(String what, String measured, String budget, boolean met) {}

    /** A load program. */
    private interface Program {
        List<Figure> run(Path launcher, Path folder) throws Exception;
    }

    public static void main(String[] arguments) throws Exception {
        Path launcher = Path.of(arguments[0]);
        List<String> names = arguments.length > 1
                ? List.of(arguments).subList(1, arguments.length)
                : List.of(
                        "first",
                        "leave",
                        "messages",
                        "notifications",
                        "incoming",
                        "start",
                        "idle",
                        "idle-chats",
                        "history",
                        "journals",
                        "app-state",
                        "files");
        System.out.printf(
                "machine: %d cores, %s, JDK %s%n",
                Runtime.getRuntime().availableProcessors(), System.getProperty("os.version"), Runtime.version());
        List<Figure> figures = new ArrayList<>();
        for (String name : names) {
            Path folder = Files.createTempDirectory("greenfinch-bench-");
            System.out.println("running " + name + ", logs in " + folder);
            figures.addAll(program(name).run(launcher, folder));
        }
        for (Figure figure : figures) {
            System.out.printf(
                    "%-55s %16s   budget %-10s %s%n",
                    figure.what(), figure.measured(), figure.budget(), figure.met() ? "met" : "MISSED");
        }
    }

    private static Program program(String name) throws IOException {
        return switch (name) {
            case "idle" -> IdleMemory::measure;
            case "start" -> ColdStart::measure;
            case "leave" -> LeaveLatency::measure;
            case "rest" -> RestMemory::measure;
            case "streams" -> StreamMemory::measure;
            case "first" -> FirstAnswer::measure;
            case "messages" -> MessageRate::measure;
            case "notifications" -> NotificationRate::measure;
            case "incoming" -> IncomingLatency::measure;
            case "idle-chats" -> ChatMemory::measure;
            case "history" -> HistoryTime::measure;
            case "journals" -> JournalLatency::measure;
            case "app-state" -> AppStateTime::measure;
            case "files" -> FileTransfers::measure;
            default -> throw new IOException("there is no load program " + name);
        };
    }

    /** What is to be at most the budget. */
    static Figure figure(String what, double measured, String unit, double budget) {
        return new Figure(
                what,
                String.format(Locale.ROOT, "%.1f %s", measured, unit),
                String.format(Locale.ROOT, "%.1f %s", budget, unit),
                measured <= budget);
    }

    /** What is to be at least the budget. */
    static Figure rate(String what, double perSecond, double budget) {
        return new Figure(
                what,
                String.format(Locale.ROOT, "%.0f/s", perSecond),
                String.format(Locale.ROOT, "≥ %.0f/s", budget),
                perSecond >= budget);
    }

    static double quantile(double[] sorted, double part) {
        return sorted[(int) Math.min(sorted.length - 1, Math.round(part * (sorted.length - 1)))];
    }
}
