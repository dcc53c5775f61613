package io.greenfinch.interop.docs;

import io.greenfinch.interop.program.Checkout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A fenced block of a page that can be run. What is indented instead is there to be read.
 *
 * @param line where it begins in the page
 * @param answer what the page shows as the answer to its last command: the block of JSON right after it
 */
record Example(String page, int line, Language language, String text, Optional<String> answer) {

    private static final Path PAGES = Checkout.folder().resolve("docs");
    private static final String TRIED = "before-you-start.md#trying-the-examples";
    private static final String FENCE = "```";

    /** In what examples are written. */
    enum Language {
        SH("sh", "", "command -v curl && command -v node"),
        PYTHON("python", "python3 example.py", "python3 -c 'import requests'"),
        JAVA("java", "java Example.java", "true"),
        JS("js", "node example.mjs", "command -v node");

        private final String fence;

        /** What runs it from the file that it ends with; nothing for what the shell itself runs. */
        final String command;

        /** Succeeds where that can be. */
        final String need;

        Language(String fence, String command, String need) {
            this.fence = fence;
            this.command = command;
            this.need = need;
        }

        private static Optional<Language> of(String fence) {
            return Arrays.stream(values())
                    .filter(each -> each.fence.equals(fence))
                    .findFirst();
        }
    }

    /** The pages that say how their examples are tried. */
    static List<String> pages() {
        try (var files = Files.list(PAGES)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".md"))
                    .filter(name -> String.join("\n", lines(name)).contains(TRIED))
                    .map(name -> name.substring(0, name.length() - ".md".length()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Those of a page, in their order. */
    static List<Example> of(String page) {
        List<String> lines = lines(page + ".md");
        List<Example> all = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).startsWith(FENCE)) {
                int end = end(lines, i);
                int first = i + 1;
                String text = String.join("\n", lines.subList(first, end));
                Language.of(lines.get(i).substring(FENCE.length()))
                        .map(language -> new Example(page, first, language, text, answer(lines, end)))
                        .ifPresent(all::add);
                i = end;
            }
        }
        return all;
    }

    private static Optional<String> answer(List<String> lines, int end) {
        int next = end + 2;
        return next < lines.size() && lines.get(next).equals("```json")
                ? Optional.of(String.join("\n", lines.subList(next + 1, end(lines, next))))
                : Optional.empty();
    }

    private static int end(List<String> lines, int begin) {
        int end = begin + 1;
        while (!lines.get(end).equals(FENCE)) {
            end++;
        }
        return end;
    }

    private static List<String> lines(String page) {
        try {
            return Files.readAllLines(PAGES.resolve(page));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return "%s.md:%d %s".formatted(page, line, language.fence);
    }
}
