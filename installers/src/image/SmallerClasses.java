import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassFile.ConstantPoolSharingOption;
import java.lang.classfile.ClassFile.DebugElementsOption;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Leaves the names of local variables out of class files; line numbers stay. And gives classes that
 * were compiled for Java 5 the stack maps of Java 6: the JVM keeps no others in its cache, and
 * checks those without at each start, slowly.
 */
final class SmallerClasses implements AutoCloseable {
  private static final int JAVA_6 = 50;

  private final URLClassLoader libraries;
  private final ClassFile classFile;

  /**
   * @param jars all jars of the program, as a class is understood with those that it names
   */
  SmallerClasses(List<Path> jars) throws MalformedURLException {
    List<URL> urls = new ArrayList<>();
    for (Path jar : jars) {
      urls.add(jar.toUri().toURL());
    }
    this.libraries = new URLClassLoader(urls.toArray(URL[]::new));
    this.classFile =
        ClassFile.of(
            DebugElementsOption.DROP_DEBUG,
            StackMapsOption.STACK_MAPS_WHEN_REQUIRED,
            ConstantPoolSharingOption.NEW_POOL,
            ClassHierarchyResolverOption.of(ClassHierarchyResolver.ofResourceParsing(libraries)));
  }

  byte[] smaller(byte[] bytes) {
    ClassModel model = classFile.parse(bytes);
    ClassTransform instructions =
        ClassTransform.transformingMethodBodies((builder, element) -> builder.with(element));
    try {
      return classFile.transformClass(
          model, model.majorVersion() < JAVA_6 ? instructions.andThen(java6()) : instructions);
    } catch (IllegalArgumentException e) {
      // It names a class of a library that the program does without.
      return bytes;
    }
  }

  private static ClassTransform java6() {
    return (builder, element) ->
        builder.with(
            element instanceof ClassFileVersion ? ClassFileVersion.of(JAVA_6, 0) : element);
  }

  @Override
  public void close() throws IOException {
    libraries.close();
  }
}
