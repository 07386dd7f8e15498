package io.mae4j.cli.command;

import io.mae4j.api.backend.BackendProvider;
import io.mae4j.cli.console.Console;
import io.mae4j.cli.wiring.Application;
import io.mae4j.cli.wiring.ProviderSource;
import io.mae4j.core.registry.Found;
import io.mae4j.testkit.reference.ReferenceBackendProvider;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.ServiceLoader;

/** Runs commands in this process, on the reference engine, and keeps what they print. */
final class CommandLineRunner {

  /** What a command left. */
  record Result(int exitCode, String out, String err) {}

  static Result run(String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Console console = new Console(new PrintWriter(out, true), new PrintWriter(err, true), false);
    int exitCode = cli(console).run(args);
    return new Result(exitCode, out.toString(), err.toString());
  }

  static Cli cli(Console console) {
    return new Cli(
        new Context(
            console,
            (plugins, target) -> Application.of(new ReferenceEngineOnly(), plugins, target)));
  }

  private static final class ReferenceEngineOnly implements ProviderSource {

    @Override
    public <P> List<Found<P>> find(Class<P> service) {
      if (service == BackendProvider.class) {
        return List.of(new Found<>(service.cast(new ReferenceBackendProvider()), "the test"));
      }
      return ServiceLoader.load(service).stream()
          .map(provider -> new Found<>(provider.get(), provider.type().getName()))
          .toList();
    }
  }

  private CommandLineRunner() {}
}
