package io.mae4j.cli.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mae4j.api.error.ErrorKind;
import io.mae4j.api.error.MaeException;
import io.mae4j.api.masking.MaskingStrategy;
import io.mae4j.api.masking.MaskingStrategyProvider;
import io.mae4j.cli.command.Cli;
import io.mae4j.cli.command.Context;
import io.mae4j.cli.console.Console;
import io.mae4j.cli.run.Information;
import io.mae4j.core.masking.RandomMasking;
import io.mae4j.core.registry.Found;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class ApplicationTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final Console console =
      new Console(new PrintWriter(out, true), new PrintWriter(err, true), false);

  /** One masking strategy, and whether it was let go of. */
  private static final class OneStrategy implements ProviderSource, MaskingStrategyProvider {
    private final RuntimeException complaint;
    private boolean closed;

    OneStrategy(RuntimeException complaint) {
      this.complaint = complaint;
    }

    @Override
    public <P> List<Found<P>> find(Class<P> service) {
      return service.isInstance(this)
          ? List.of(new Found<>(service.cast(this), "the test"))
          : List.of();
    }

    @Override
    public void close() {
      closed = true;
    }

    @Override
    public String name() {
      return "only";
    }

    @Override
    public String description() {
      if (complaint != null) {
        throw complaint;
      }
      return "the only one";
    }

    @Override
    public MaskingStrategy create() {
      return new RandomMasking();
    }
  }

  private int run(OneStrategy source) {
    return new Cli(
            new Context(console, (plugins, target) -> Application.of(source, plugins, target)))
        .run("info");
  }

  @Test
  void aCommandThatIsDoneLetsGoOfItsPlugins() {
    OneStrategy source = new OneStrategy(null);

    assertThat(run(source)).isZero();
    assertThat(out.toString()).contains("the only one");
    assertThat(source.closed).isTrue();
  }

  @Test
  void aCommandThatFailsLetsGoOfItsPlugins() {
    OneStrategy source = new OneStrategy(MaeException.plugin("no description today"));

    assertThat(run(source)).isEqualTo(1);
    assertThat(err.toString()).isEqualTo("mae: no description today" + System.lineSeparator());
    assertThat(source.closed).isTrue();
  }

  @Test
  void wiringThatFailsLetsGoOfThePlugins() {
    OneStrategy source = new OneStrategy(null);
    ProviderSource twice =
        new ProviderSource() {
          @Override
          public <P> List<Found<P>> find(Class<P> service) {
            List<Found<P>> once = source.find(service);
            return once.isEmpty() ? once : List.of(once.get(0), once.get(0));
          }

          @Override
          public void close() {
            source.close();
          }
        };

    assertThatThrownBy(() -> Application.of(twice, List.of(), console))
        .isInstanceOfSatisfying(
            MaeException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.PLUGIN))
        .hasMessageContaining("two providers call themselves masking strategy 'only'");
    assertThat(source.closed).isTrue();
  }

  @Test
  void nothingCanBeHadFromAClosedApplication() {
    Application application = Application.of(new OneStrategy(null), List.of(), console);
    assertThat(application.get(Information.class)).isNotNull();

    application.close();

    assertThatThrownBy(() -> application.get(Information.class))
        .isInstanceOf(MaeException.class)
        .hasMessageContaining("closed");
  }

  /** A part that is made of another is made inside the making of the first. */
  @Test
  void aComplaintIsHeardHoweverDeepItWas() {
    RuntimeException wrapped =
        new IllegalStateException(new IllegalStateException(MaeException.data("no such file")));
    ProviderSource failing =
        new ProviderSource() {
          @Override
          public <P> List<Found<P>> find(Class<P> service) {
            throw wrapped;
          }
        };

    assertThatThrownBy(() -> Application.of(failing, List.of(), console))
        .isInstanceOfSatisfying(
            MaeException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.DATA))
        .hasMessage("no such file");
  }
}
