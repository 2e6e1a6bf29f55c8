import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassFile.ConstantPoolSharingOption;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.constant.ClassDesc;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Gives classes that were compiled for Java 5 the stack maps of Java 6. The JVM keeps no others in
 * its cache, and checks those without at each start, slowly.
 */
final class ClassFileUpgrade {
  private static final int JAVA_6 = 50;

  private ClassFileUpgrade() {}

  static void copy(Path jar, Path to) throws IOException {
    try (JarFile in = new JarFile(jar.toFile())) {
      ClassFile classFile = classFile(in);
      try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(to))) {
        for (JarEntry entry : Collections.list(in.entries())) {
          ZipEntry copy = new ZipEntry(entry.getName());
          copy.setTime(entry.getTime());
          out.putNextEntry(copy);
          byte[] bytes = in.getInputStream(entry).readAllBytes();
          out.write(isOldClass(entry, bytes) ? upgraded(classFile, bytes) : bytes);
        }
      }
    }
  }

  /** A class file has its major version in its seventh and eighth byte. */
  private static boolean isOldClass(JarEntry entry, byte[] bytes) {
    return entry.getName().endsWith(".class") && ((bytes[6] << 8) | bytes[7]) < JAVA_6;
  }

  private static ClassFile classFile(JarFile jar) {
    ClassHierarchyResolver inJar =
        ClassHierarchyResolver.ofResourceParsing(type -> classIn(jar, type));
    return ClassFile.of(
        StackMapsOption.STACK_MAPS_WHEN_REQUIRED,
        ConstantPoolSharingOption.NEW_POOL,
        ClassHierarchyResolverOption.of(ClassHierarchyResolver.defaultResolver().orElse(inJar)));
  }

  private static InputStream classIn(JarFile jar, ClassDesc type) {
    String descriptor = type.descriptorString();
    String name = descriptor.substring(1, descriptor.length() - 1) + ".class";
    try {
      JarEntry entry = jar.getJarEntry(name);
      return entry == null ? null : jar.getInputStream(entry);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] upgraded(ClassFile classFile, byte[] bytes) {
    ClassTransform instructions =
        ClassTransform.transformingMethodBodies((builder, element) -> builder.with(element));
    ClassTransform version =
        (builder, element) ->
            builder.with(
                element instanceof ClassFileVersion ? ClassFileVersion.of(JAVA_6, 0) : element);
    return classFile.transformClass(classFile.parse(bytes), instructions.andThen(version));
  }
}
