package dev.hearth.imports;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.CodeSource;
import java.security.ProtectionDomain;
import java.util.function.Predicate;

/**
 * Makes the classes of a measured start tell {@link Imports} when they are loaded and when their
 * static initialisers run. An agent, because the JVM's logs say when an initialiser begins and not
 * when it ends, and its flight recorder takes seconds to start.
 */
public final class ImportAgent implements ClassFileTransformer {
  private static final String LOADER = "jdk/internal/loader/BuiltinClassLoader";
  private static final ClassDesc IMPORTS = ClassDesc.of("dev.hearth.imports.Imports");
  private static final MethodTypeDesc TELL = MethodTypeDesc.ofDescriptor("(Ljava/lang/String;)V");

  private ImportAgent() {}

  public static void premain(String arguments, Instrumentation instrumentation) throws Exception {
    ImportAgent agent = new ImportAgent();
    agent.warmUp();
    instrumentation.addTransformer(agent, true);
    instrumentation.retransformClasses(Class.forName(LOADER.replace('/', '.')));
  }

  /** The first transformation takes a tenth of a second, which no class of the function should. */
  private void warmUp() throws Exception {
    try (var bytes = ImportAgent.class.getResourceAsStream("ImportAgent.class")) {
      initialisers(bytes.readAllBytes(), "none");
    }
  }

  @Override
  public byte[] transform(
      Module module,
      ClassLoader loader,
      String name,
      Class<?> old,
      ProtectionDomain domain,
      byte[] bytes) {
    try {
      if (LOADER.equals(name)) {
        return loads(bytes);
      }
      if (name == null || old != null) {
        return null;
      }
      String dotted = name.replace('/', '.');
      Imports.defined(dotted, origin(domain));
      return loader == null ? null : initialisers(bytes, dotted);
    } catch (Throwable e) {
      return null; // the class runs as it is; only its times are missing
    }
  }

  private static String origin(ProtectionDomain domain) {
    CodeSource source = domain == null ? null : domain.getCodeSource();
    return source == null || source.getLocation() == null ? "" : source.getLocation().getPath();
  }

  private static byte[] loads(byte[] bytes) {
    return change(
        bytes,
        method ->
            method.methodName().equalsString("loadClassOrNull")
                && method.methodTypeSymbol().parameterCount() == 2,
        new Telling("Load", code -> code.aload(1)));
  }

  private static byte[] initialisers(byte[] bytes, String name) {
    return change(
        bytes,
        method -> method.methodName().equalsString("<clinit>"),
        new Telling("Init", code -> code.ldc(name)));
  }

  private static byte[] change(byte[] bytes, Predicate<MethodModel> chosen, Telling telling) {
    ClassFile files = ClassFile.of();
    ClassModel model = files.parse(bytes);
    if (model.methods().stream().noneMatch(chosen)) {
      return null;
    }
    return files.transformClass(
        model,
        ClassTransform.transformingMethodBodies(chosen, CodeTransform.ofStateful(telling::fresh)));
  }

  /** Puts a call in front of a method's code and of each of its returns. */
  private static final class Telling implements CodeTransform {
    private final String what;
    private final java.util.function.Consumer<CodeBuilder> name;

    Telling(String what, java.util.function.Consumer<CodeBuilder> name) {
      this.what = what;
      this.name = name;
    }

    Telling fresh() {
      return new Telling(what, name);
    }

    @Override
    public void atStart(CodeBuilder code) {
      tell(code, "begin");
    }

    @Override
    public void accept(CodeBuilder code, CodeElement element) {
      if (element instanceof ReturnInstruction) {
        tell(code, "end");
      }
      code.with(element);
    }

    private void tell(CodeBuilder code, String when) {
      name.accept(code);
      code.invokestatic(IMPORTS, when + what, TELL);
    }
  }
}
