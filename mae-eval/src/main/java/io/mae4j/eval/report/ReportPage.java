package io.mae4j.eval.report;

import io.mae4j.api.error.ErrorKind;
import io.mae4j.api.error.MaeException;
import io.mae4j.api.eval.Evaluation;
import io.mae4j.eval.compare.Comparison;
import io.mae4j.eval.compare.ComparisonTable;
import io.mae4j.eval.draw.FileOutput;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Locale;

/**
 * A report as one HTML file that needs nothing else: styles and pictures are inside, there is no
 * script, and it opens from the disk without a network.
 */
public final class ReportPage {
  private ReportPage() {}

  /**
   * Writes a report.
   *
   * @throws MaeException of kind RESOURCE if the file cannot be written
   */
  public static void write(Report report, Path file) {
    FileOutput.write(file, html(report).getBytes(StandardCharsets.UTF_8));
  }

  /** The page's text, to be stored as UTF-8. */
  public static String html(Report report) {
    Html page = new Html();
    page.markup("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    page.markup("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    page.element("title", report.title());
    page.markup("<style>\n" + style() + "</style>\n</head>\n<body>\n<main>\n<header>\n");
    page.element("h1", report.title());
    page.element("p class=\"summary\"", report.summary());
    page.markup("</header>\n");
    facts(page, report);
    report.comparison().ifPresent(comparison -> results(page, comparison));
    report.figures().forEach(figure -> figure(page, figure));
    page.markup("<section>\n")
        .element("h2", "Configuration")
        .pairs(Html.flat(report.config()))
        .markup("</section>\n");
    page.markup("<section>\n")
        .element("h2", "Provenance")
        .pairs(report.provenance())
        .markup("</section>\n");
    return page.markup("</main>\n</body>\n</html>\n").toString();
  }

  private static void facts(Html page, Report report) {
    if (report.facts().isEmpty()) {
      return;
    }
    page.markup("<dl class=\"facts\">\n");
    report
        .facts()
        .forEach(
            (name, value) ->
                page.markup("<div>").element("dt", name).element("dd", value).markup("</div>\n"));
    page.markup("</dl>\n");
  }

  private static void results(Html page, Comparison comparison) {
    page.markup("<section>\n")
        .element("h2", "What pre-training gained")
        .element("p", comparison.setting());
    page.markup("<table class=\"results\">\n<thead><tr>");
    page.element("th scope=\"col\"", "representation")
        .element("th scope=\"col\"", "vector")
        .element("th scope=\"col\" class=\"number\"", "width");
    comparison
        .evaluators()
        .forEach(evaluator -> page.element("th scope=\"col\" class=\"number\"", evaluator));
    page.markup("</tr></thead>\n<tbody>\n");
    for (Comparison.Row row : comparison.rows()) {
      page.markup("<tr>")
          .element("th scope=\"row\"", row.representation())
          .element("td", row.detail());
      page.element("td class=\"number\"", Integer.toString(row.width()));
      for (Evaluation evaluation : row.evaluations().values()) {
        page.element(
            "td class=\"number\"", String.format(Locale.ROOT, "%.1f", evaluation.accuracy()));
      }
      page.markup("</tr>\n");
    }
    page.markup("</tbody>\n</table>\n");
    for (String evaluator : comparison.evaluators()) {
      page.element(
          "p class=\"note\"", evaluator + ": " + ComparisonTable.settings(comparison, evaluator));
    }
    page.markup("</section>\n");
  }

  private static void figure(Html page, Report.Figure figure) {
    page.markup("<section>\n")
        .element("h2", figure.heading())
        .markup("<figure>\n<img src=\"data:image/png;base64,");
    page.markup(Base64.getEncoder().encodeToString(figure.png()));
    page.markup(
        "\" width=\""
            + figure.picture().getWidth()
            + "\" height=\""
            + figure.picture().getHeight()
            + "\" alt=\"");
    page.markup(Html.escape(figure.heading() + ". " + figure.text())).markup("\">\n");
    page.element("figcaption", figure.text()).markup("</figure>\n</section>\n");
  }

  private static String style() {
    try (InputStream stream = ReportPage.class.getResourceAsStream("report.css")) {
      if (stream == null) {
        throw new FileNotFoundException("report.css");
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new MaeException(ErrorKind.INTERNAL, "the page's style cannot be read", e);
    }
  }
}
