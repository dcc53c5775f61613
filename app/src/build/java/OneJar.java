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
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Part of the build: puts the app and all its libraries into one jar (docs/adr/0005), the same bytes for the same input. Whoever looks for a
 * resource that may be anywhere opens every jar of the class path, and several do at each start.
 *
 * <p>What the classes do stays as it is. Those in a format that start-up archives do not take get that of Java 8, with the frames that the
 * verifier wants then. Of what a library has for several versions of Java only the one for this version is kept; lists of services are joined;
 * licences and notices go to {@code META-INF/licenses}, under the library's name; signatures of jars and descriptions of modules are left out.
 * Two libraries with different content under one name are an error.
 *
 * <p>Usage: {@code java OneJar.java libraries/app.jar one.jar 2026-01-01T00:00:00Z}; the libraries lie beside the app.
 */
final class OneJar {

    /** The oldest format that archives take is 50, and the code of 52 needs nothing that older code lacks but frames. */
    private static final int OLDEST = 50;

    private static final int CURRENT = 52;

    private static final Pattern OF_A_VERSION = Pattern.compile("META-INF/versions/(\\d+)/(.+)");

    private static final Pattern LEFT_OUT =
            Pattern.compile("META-INF/[^/]+\\.(SF|RSA|DSA|EC)|(.*/)?module-info\\.class|META-INF/INDEX\\.LIST");

    private static final Pattern FOR_LAWYERS = Pattern.compile(
            "(META-INF/)?((about|LICENSE|LICENCE|NOTICE|DEPENDENCIES|COPYRIGHT|FastDoubleParser|bigint)[^/]*|[^/]*(LICENSE|NOTICE)[^/]*)",
            Pattern.CASE_INSENSITIVE);

    private static final String SERVICES = "META-INF/services/";

    private final TreeMap<String, byte[]> contents = new TreeMap<>();
    private final Map<String, String> owners = new HashMap<>();

    public static void main(String[] arguments) throws IOException {
        Path app = Path.of(arguments[0]);
        OneJar jar = new OneJar();
        try (Stream<Path> beside = Files.list(app.toAbsolutePath().getParent())) {
            List<Path> libraries = beside.filter(path -> path.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
            try (URLClassLoader types = new URLClassLoader(urls(libraries))) {
                ClassFile format = ClassFile.of(
                        ClassFile.StackMapsOption.GENERATE_STACK_MAPS,
                        ClassFile.ClassHierarchyResolverOption.of(ClassHierarchyResolver.ofResourceParsing(types)
                                .orElse(ClassHierarchyResolver.defaultResolver())));
                for (Path library : libraries) {
                    jar.add(library, format);
                }
            }
        }
        jar.write(Path.of(arguments[1]), version(app), Instant.parse(arguments[2]));
    }

    private static URL[] urls(List<Path> libraries) throws IOException {
        List<URL> urls = new ArrayList<>();
        for (Path library : libraries) {
            urls.add(library.toUri().toURL());
        }
        return urls.toArray(URL[]::new);
    }

    private void add(Path library, ClassFile format) throws IOException {
        try (JarFile file = new JarFile(library.toFile(), false, ZipFile.OPEN_READ)) {
            Map<String, Integer> versions = new HashMap<>();
            for (ZipEntry entry : Collections.list(file.entries())) {
                Matcher special = OF_A_VERSION.matcher(entry.getName());
                boolean ofVersion = special.matches();
                int version = ofVersion && file.isMultiRelease() ? Integer.parseInt(special.group(1)) : 0;
                String name = ofVersion ? special.group(2) : entry.getName();
                boolean wanted = !entry.isDirectory()
                        && !name.equals(JarFile.MANIFEST_NAME)
                        && !LEFT_OUT.matcher(name).matches()
                        && (!ofVersion || file.isMultiRelease())
                        && version <= Runtime.version().feature()
                        && version >= versions.getOrDefault(name, 0);
                if (wanted) {
                    byte[] content = read(file, entry);
                    byte[] taken = name.endsWith(".class") ? current(format, content) : content;
                    put(library.getFileName().toString(), name, taken, versions.put(name, version) != null);
                }
            }
        }
    }

    private static byte[] read(ZipFile file, ZipEntry entry) throws IOException {
        try (InputStream in = file.getInputStream(entry)) {
            return in.readAllBytes();
        }
    }

    private void put(String library, String name, byte[] content, boolean better) {
        if (name.startsWith(SERVICES)) {
            contents.merge(name, lines(content), OneJar::joined);
        } else if (FOR_LAWYERS.matcher(name).matches()) {
            String plain = name.startsWith("META-INF/") ? name.substring("META-INF/".length()) : name;
            contents.put("META-INF/licenses/" + library.replaceFirst("\\.jar$", "") + "/" + plain, content);
        } else {
            byte[] before = contents.put(name, content);
            String owner = owners.put(name, library);
            if (before != null && !better && !Arrays.equals(before, content)) {
                throw new IllegalStateException(
                        name + " is in " + owner + " and in " + library + ", and is not the same");
            }
        }
    }

    private static byte[] lines(byte[] content) {
        return new String(content, StandardCharsets.UTF_8).endsWith("\n")
                ? content
                : joined(content, new byte[] {'\n'});
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    private static String version(Path app) throws IOException {
        try (JarFile file = new JarFile(app.toFile())) {
            return file.getManifest().getMainAttributes().getValue(Attributes.Name.IMPLEMENTATION_VERSION);
        }
    }

    /** Flyway looks for folders; nobody else does, so those of classes are left out. */
    private TreeSet<String> folders() {
        TreeSet<String> folders = new TreeSet<>();
        for (String name : contents.keySet()) {
            if (!name.endsWith(".class") && !name.startsWith("META-INF/")) {
                for (int end = name.indexOf('/'); end >= 0; end = name.indexOf('/', end + 1)) {
                    folders.add(name.substring(0, end + 1));
                }
            }
        }
        return folders;
    }

    private void write(Path jar, String version, Instant moment) throws IOException {
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.put(Attributes.Name.MAIN_CLASS, "io.greenfinch.app.Main");
        // The version is that of our own packages, and of no library's.
        Attributes ours = new Attributes();
        ours.put(Attributes.Name.IMPLEMENTATION_VERSION, version);
        contents.keySet().stream()
                .filter(name -> name.startsWith("io/greenfinch/") && name.endsWith(".class"))
                .map(name -> name.substring(0, name.lastIndexOf('/') + 1))
                .forEach(folder -> manifest.getEntries().put(folder, ours));
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        manifest.write(head);

        Files.createDirectories(jar.toAbsolutePath().getParent());
        Path fresh = jar.resolveSibling(jar.getFileName() + ".new");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(fresh))) {
            put(out, JarFile.MANIFEST_NAME, head.toByteArray(), moment);
            for (String folder : folders()) {
                put(out, folder, new byte[0], moment);
            }
            for (Map.Entry<String, byte[]> content : contents.entrySet()) {
                put(out, content.getKey(), content.getValue(), moment);
            }
        }
        Files.move(fresh, jar, StandardCopyOption.REPLACE_EXISTING);
        try (Stream<Path> beside = Files.list(jar.toAbsolutePath().getParent())) {
            for (Path older :
                    beside.filter(path -> path.toString().endsWith(".jar")).toList()) {
                if (!older.getFileName().equals(jar.getFileName())) {
                    Files.delete(older); // builds before this one put all of them there
                }
            }
        }
    }

    private static void put(ZipOutputStream out, String name, byte[] content, Instant moment) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(moment.atZone(ZoneOffset.UTC).toLocalDateTime());
        out.putNextEntry(entry);
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
