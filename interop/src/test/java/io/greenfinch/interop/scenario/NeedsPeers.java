package io.greenfinch.interop.scenario;

import io.greenfinch.interop.peer.PeerKind;
import io.greenfinch.interop.program.Machine;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Tests that need the third-party clients. {@code ./greenfinch test} fetches them; where it could not for want of Node.js or Go, these tests are
 * skipped with one loud line, and fail when {@code CI} is set.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(NeedsPeers.Condition.class)
public @interface NeedsPeers {

    /** Runs the tests where both clients are there, and in CI, where a missing one shall fail them. */
    final class Condition implements ExecutionCondition {
        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            List<PeerKind> missing = Arrays.stream(PeerKind.values())
                    .filter(kind -> !kind.ready())
                    .toList();
            if (missing.isEmpty() || Machine.isCi()) {
                return ConditionEvaluationResult.enabled("all clients are fetched");
            }
            String why = "!!! %s SKIPPED: %s not fetched, run ./greenfinch test !!!"
                    .formatted(context.getDisplayName(), missing);
            System.err.println(why);
            return ConditionEvaluationResult.disabled(why);
        }
    }
}
