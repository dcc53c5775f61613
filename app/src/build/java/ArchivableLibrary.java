import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collections;
import java.util.List;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Part of the build: rewrites libraries whose classes the start-up archive does not take (docs/adr/0005). Those in too old a format get
 * that of Java 8, with the frames that the verifier wants then; a signature is taken off, and of the manifest what it says of single files, which
 * may be most of it. What the classes do stays as it is. Usage: {@code java ArchivableLibrary.java library.jar …}.
 */
final class ArchivableLibrary {

    /** The oldest format that archives take is 50, and the code of 52 needs nothing that older code lacks but frames. */
    private static final int OLDEST = 50;

    private static final int CURRENT = 52;

    private static final Pattern SIGNATURE = Pattern.compile("META-INF/[^/]+\\.(SF|RSA|DSA|EC)");

    private ArchivableLibrary() {}

    public static void main(String[] arguments) throws IOException {
        for (String library : arguments) {
            rewrite(Path.of(library));
        }
    }

    private static void rewrite(Path library) throws IOException {
        Path fresh = library.resolveSibling(library.getFileName() + ".new");
        try (ZipFile old = new ZipFile(library.toFile());
                URLClassLoader types =
                        new URLClassLoader(new URL[] {library.toUri().toURL()});
                ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(fresh))) {
            ClassFile format = ClassFile.of(
                    ClassFile.StackMapsOption.GENERATE_STACK_MAPS,
                    ClassFile.ClassHierarchyResolverOption.of(ClassHierarchyResolver.ofResourceParsing(types)
                            .orElse(ClassHierarchyResolver.defaultResolver())));
            for (ZipEntry entry : Collections.list(old.entries())) {
                byte[] content;
                try (InputStream in = old.getInputStream(entry)) {
                    content = in.readAllBytes();
                }
                String name = entry.getName();
                if (name.equals(JarFile.MANIFEST_NAME)) {
                    copy(entry, withoutFiles(content), out);
                } else if (!SIGNATURE.matcher(name).matches()) {
                    copy(entry, name.endsWith(".class") ? current(format, content) : content, out);
                }
            }
        }
        Files.move(fresh, library, StandardCopyOption.REPLACE_EXISTING);
    }

    private static byte[] withoutFiles(byte[] content) throws IOException {
        Manifest manifest = new Manifest(new ByteArrayInputStream(content));
        manifest.getEntries().clear();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        manifest.write(bytes);
        return bytes.toByteArray();
    }

    private static void copy(ZipEntry entry, byte[] content, ZipOutputStream out) throws IOException {
        ZipEntry same = new ZipEntry(entry.getName());
        same.setTime(entry.getTime());
        out.putNextEntry(same);
        out.write(content);
        out.closeEntry();
    }

    private static byte[] current(ClassFile format, byte[] content) {
        ClassModel old = format.parse(content);
        if (old.majorVersion() >= OLDEST) {
            return content;
        }
        byte[] fresh = format.transformClass(
                old,
                ClassTransform.transformingMethodBodies(CodeTransform.ACCEPT_ALL)
                        .andThen(ClassTransform.endHandler(builder -> builder.withVersion(CURRENT, 0))));
        List<VerifyError> mistakes = format.verify(fresh);
        if (!mistakes.isEmpty()) {
            throw new IllegalStateException(old.thisClass().asInternalName(), mistakes.getFirst());
        }
        return fresh;
    }
}
