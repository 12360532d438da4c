package soloist.plugin;

import java.io.IOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.pf4j.PluginClassLoader;
import org.pf4j.PluginDescriptor;
import org.pf4j.PluginManager;

/** Sees the SPI and PF4J of the server, the JDK, its own classes and those it depends on. */
final class HostedLoader extends PluginClassLoader {
  private final List<HostedLoader> others;

  HostedLoader(PluginManager manager, PluginDescriptor descriptor, List<HostedLoader> others) {
    super(manager, descriptor, new SpiLoader(HostedLoader.class.getClassLoader()));
    this.others = others;
  }

  /** A copy of the SPI inside a plugin would be other types under the same names. */
  @Override
  protected boolean shouldDelegateToParent(String name) {
    return name.startsWith("soloist.spi.") || name.startsWith("org.pf4j.");
  }

  @Override
  @SuppressWarnings("NullAway") // PF4J asks for null when there is none.
  protected Class<?> loadClassFromDependencies(String name) {
    for (HostedLoader other : others) {
      try {
        return other.loadClass(name);
      } catch (ClassNotFoundException _) {
        // the next may have it
      }
    }
    return null;
  }

  @Override
  @SuppressWarnings("NullAway") // PF4J asks for null when there is none.
  protected URL findResourceFromDependencies(String name) {
    return others.stream()
        .map(other -> other.findResource(name))
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  @Override
  protected Collection<URL> findResourcesFromDependencies(String name) throws IOException {
    List<URL> found = new ArrayList<>();
    for (HostedLoader other : others) {
      found.addAll(Collections.list(other.findResources(name)));
    }
    return found;
  }

  /** Lets plugins see the SPI and PF4J of the server, and the JDK. */
  private static final class SpiLoader extends ClassLoader {
    private final ClassLoader server;

    SpiLoader(ClassLoader server) {
      super("spi", ClassLoader.getPlatformClassLoader());
      this.server = server;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (name.startsWith("soloist.spi.") || name.startsWith("org.pf4j.")) {
        return server.loadClass(name);
      }
      return super.loadClass(name, resolve);
    }
  }
}
