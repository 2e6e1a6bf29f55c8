package dev.hearth.app.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolverProvider;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;

/**
 * Writes down each host name that this JVM asks the system for, into the file that the property
 * {@value #FILE} names; without it the system is asked as ever.
 */
public final class RecordedLookups extends InetAddressResolverProvider {
  public static final String FILE = "hearth.test.lookups";

  @Override
  public InetAddressResolver get(Configuration configuration) {
    String file = System.getProperty(FILE);
    InetAddressResolver system = configuration.builtinResolver();
    return file == null ? system : new Recording(system, Path.of(file));
  }

  @Override
  public String name() {
    return "recorded lookups";
  }

  private record Recording(InetAddressResolver system, Path file) implements InetAddressResolver {
    @Override
    public Stream<InetAddress> lookupByName(String host, LookupPolicy policy)
        throws UnknownHostException {
      write(host);
      return system.lookupByName(host, policy);
    }

    @Override
    public String lookupByAddress(byte[] address) throws UnknownHostException {
      write(InetAddress.getByAddress(address).getHostAddress());
      return system.lookupByAddress(address);
    }

    private void write(String asked) {
      try {
        Files.writeString(file, asked + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
