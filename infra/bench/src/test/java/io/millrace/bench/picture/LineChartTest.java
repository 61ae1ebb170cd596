package io.millrace.bench.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringReader;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

class LineChartTest {

    private static final Series RISING = new Series("rising & <fast>", new double[] {0, 1, 2}, new double[] {0, 5, 10});
    private static final Series BANDED =
            new Series("banded", new double[] {0, 2}, new double[] {1, 1}, new double[] {0.5, 0.5});

    @Test
    void isWellFormedWithACurveForEachSeriesAndABandWhereItSpreads() throws Exception {
        Document svg = parse(chart(List.of(RISING, BANDED)).toSvg());

        assertThat(svg.getDocumentElement().getNamespaceURI()).isEqualTo("http://www.w3.org/2000/svg");
        assertThat(svg.getElementsByTagName("polyline").getLength()).isEqualTo(2);
        assertThat(svg.getElementsByTagName("polygon").getLength()).isEqualTo(1);
        assertThat(svg.getDocumentElement().getTextContent())
                .contains("rising & <fast>", "banded", "a title", "a level");
    }

    @Test
    void drawsHigherValuesHigherUp() throws Exception {
        Document svg = parse(chart(List.of(RISING)).toSvg());

        String[] points = ((Element) svg.getElementsByTagName("polyline").item(0))
                .getAttribute("points")
                .split(" ", -1);

        assertThat(points).hasSize(3);
        assertThat(height(points[2])).isLessThan(height(points[1]));
        assertThat(height(points[1])).isLessThan(height(points[0]));
    }

    private static double height(String point) {
        return Double.parseDouble(point.substring(point.indexOf(',') + 1));
    }

    @Test
    void isTheSameEveryTime() {
        assertThat(chart(List.of(RISING, BANDED)).toSvg())
                .isEqualTo(chart(List.of(RISING, BANDED)).toSvg());
    }

    @Test
    void drawsACurveThatNeverMoves() throws Exception {
        Series flat = new Series("flat", new double[] {3}, new double[] {0});

        Document svg = parse(new LineChart("flat", "", "", "", List.of(flat), List.of()).toSvg());

        assertThat(((Element) svg.getElementsByTagName("polyline").item(0)).getAttribute("points"))
                .doesNotContain("NaN", "Infinity");
    }

    @Test
    void refusesWhatCannotBeDrawn() {
        assertThatThrownBy(() -> chart(List.of())).hasMessageContaining("at least one curve");
        assertThatThrownBy(() -> new LineChart("../x", "", "", "", List.of(RISING), List.of()))
                .hasMessageContaining("found '../x'");
        assertThatThrownBy(() -> new Series("short", new double[] {1, 2}, new double[] {1}))
                .hasMessageContaining("2 x, 1 y");
        assertThatThrownBy(() -> new Series("gap", new double[] {1}, new double[] {Double.NaN}))
                .hasMessageContaining("(gap, point 0)");
    }

    private static LineChart chart(List<Series> series) {
        return new LineChart("a-chart", "a title", "x", "y", series, List.of(new LineChart.Level("a level", 12)));
    }

    private static Document parse(String svg) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        return factory.newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
    }
}
