package io.greenfinch.bench.load;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** From the start of the process until its first HTTP answer; the median of several. */
final class FirstAnswer {

    private static final int RUNS = 5;
    private static final double BUDGET_MILLIS = 500;

    private FirstAnswer() {}

    static List<Load.Figure> measure(Path launcher, Path folder) throws Exception {
        List<Long> millis = new ArrayList<>();
        try (Http http = new Http()) {
            for (int i = 0; i < RUNS; i++) {
                try (AppProcess gateway = AppProcess.start(
                        launcher,
                        folder.resolve("gateway.log"),
                        "serve",
                        "--no-first-instance",
                        "--data",
                        folder.resolve("data").toString(),
                        "--listen",
                        "127.0.0.1:0")) {
                    http.getText(gateway.value("apiUrl") + "/health/live");
                    millis.add(gateway.age().toMillis());
                }
            }
        }
        System.out.println("first answers, ms: " + millis);
        millis.sort(null);
        return List.of(Load.figure("first HTTP answer, median", millis.get(RUNS / 2), "ms", BUDGET_MILLIS));
    }
}
