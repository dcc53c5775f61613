package io.greenfinch.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What {@code docs/architecture.md} names is there. */
final class ArchitecturePageTest {

    private static final Path PAGE = Path.of("..", "docs", "architecture.md");
    private static final Pattern CLASS = Pattern.compile("`([A-Z][a-z]+[A-Za-z]*)`");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#]+)\\)");

    @Test
    void everyClassThatIsNamedExists() throws IOException {
        Set<String> program = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("io.greenfinch").stream()
                        .map(JavaClass::getSimpleName)
                        .collect(Collectors.toSet());
        program.add("Clock");
        Set<String> named = all(CLASS);
        assertThat(named).hasSizeGreaterThan(25);
        assertThat(program).containsAll(named);
    }

    @Test
    void everyPageThatIsLinkedExists() throws IOException {
        assertThat(all(LINK))
                .isNotEmpty()
                .allSatisfy(link -> assertThat(PAGE.resolveSibling(link)).exists());
    }

    private static Set<String> all(Pattern form) throws IOException {
        Set<String> found = new TreeSet<>();
        Matcher matcher = form.matcher(Files.readString(PAGE));
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return found;
    }
}
