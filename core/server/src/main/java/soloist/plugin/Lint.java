package soloist.plugin;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.AccessFlags;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.reflect.AccessFlag;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Looks into a plugin's classes and libraries, without loading any, for what an owner would want to
 * know before saying yes. What is asked for by reflection cannot be seen here.
 */
final class Lint {

  /** What code may do beyond computing. */
  enum Power {
    EXIT("java/lang/(System\\.exit|Runtime\\.(exit|halt))"),
    PROCESS("java/lang/(Runtime\\.exec|ProcessBuilder\\.(<init>|start)(Pipeline)?)"),
    UNSAFE("(sun/misc|jdk/internal/misc)/Unsafe\\..*"),
    NATIVE(
        "java/lang/(System|Runtime)\\.load(Library)?"
            + "|java/lang/foreign/(Linker|SymbolLookup)\\..*"),
    NETWORK(
        "java/net/(Server|Datagram|Multicast)?Socket\\.<init>"
            + "|java/net/URL\\.open(Connection|Stream)"
            + "|java/net/http/HttpClient\\..*"
            + "|java/nio/channels/(Asynchronous)?(Server)?(Socket|Datagram)Channel\\.open"
            + "|javax/net/(ssl/)?(SSL)?(Server)?SocketFactory\\.createSocket");

    private final Pattern member;

    Power(String member) {
      this.member = Pattern.compile(member);
    }

    /** The word by which a manifest says so under {@code uses}. */
    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * A power that was found.
   *
   * @param isSaid whether the manifest says so
   * @param where some of the classes, by name
   */
  record Finding(Power power, boolean isSaid, List<String> where) {}

  private static final int MOST_NAMED = 3;

  private final Map<Power, TreeSet<String>> found = new EnumMap<>(Power.class);

  private Lint() {}

  /** Everything that a kept plugin's code may do. */
  static List<Finding> look(Shelf.Kept kept) {
    Lint lint = new Lint();
    try {
      lint.folder(kept.folder().resolve("classes"));
      lint.libraries(kept.folder().resolve("lib"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return lint.found.entrySet().stream()
        .map(
            each ->
                new Finding(
                    each.getKey(),
                    kept.manifest().uses().contains(each.getKey().word()),
                    each.getValue().stream().limit(MOST_NAMED).toList()))
        .toList();
  }

  private void folder(Path classes) throws IOException {
    if (!Files.isDirectory(classes)) {
      return;
    }
    try (Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(it -> it.toString().endsWith(".class")).toList()) {
        look(Files.readAllBytes(file));
      }
    }
  }

  private void libraries(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> jars = Files.list(folder)) {
      for (Path jar : jars.toList()) {
        try (JarFile file = new JarFile(jar.toFile(), false)) {
          for (JarEntry entry : file.stream().toList()) {
            if (entry.getName().endsWith(".class")) {
              try (InputStream in = file.getInputStream(entry)) {
                look(in.readAllBytes());
              }
            }
          }
        }
      }
    }
  }

  private void look(byte[] bytes) {
    ClassModel model;
    try {
      model = ClassFile.of().parse(bytes);
      String name = model.thisClass().asInternalName().replace('/', '.');
      for (PoolEntry entry : model.constantPool()) {
        switch (entry) {
          case MemberRefEntry member ->
              note(member.owner().asInternalName() + "." + member.name().stringValue(), name);
          case ClassEntry type -> note(type.asInternalName() + ".", name);
          default -> {
            // numbers, texts and names reach nothing
          }
        }
      }
      if (model.methods().stream().anyMatch(method -> isNative(method.flags()))) {
        found.computeIfAbsent(Power.NATIVE, _ -> new TreeSet<>()).add(name);
      }
    } catch (IllegalArgumentException _) {
      // No class that a virtual machine would load either.
    }
  }

  private static boolean isNative(AccessFlags flags) {
    return flags.has(AccessFlag.NATIVE);
  }

  private void note(String member, String by) {
    for (Power power : Power.values()) {
      if (power.member.matcher(member).matches()) {
        found.computeIfAbsent(power, _ -> new TreeSet<>()).add(by);
      }
    }
  }
}
