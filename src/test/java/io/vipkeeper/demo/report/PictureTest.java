package io.vipkeeper.demo.report;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;

import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

import io.vipkeeper.demo.Fault;
import io.vipkeeper.demo.Measurement;

import static io.vipkeeper.demo.report.Runs.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class PictureTest {
    private static final List<Measurement> RUNS = List.of(
            run("vipkeeper", Fault.STOP, 31.5, 0),
            run("vipkeeper", Fault.STOP, 40, 0),
            run("vipkeeper", Fault.STOP, 0.2, 0),
            run("keepalived", Fault.STOP, 57.1, 0),
            run("keepalived", Fault.KILL, 7_920, 7_000, true),
            run("vipkeeper", Fault.API_CUT, 44, 0));

    @Test
    void showsEachMeasurementAsOneDot() throws Exception {
        // when
        List<Element> dots = elements(Picture.of(RUNS), "circle").stream()
                .filter(dot -> !dot.getAttribute("class").startsWith("key"))
                .toList();

        // then
        assertThat(dots)
                .extracting(Element::getTextContent)
                .containsExactly(
                        "vipkeeper, clean stop, run 1: 31.5 ms",
                        "vipkeeper, clean stop, run 2: 40.0 ms",
                        "vipkeeper, clean stop, run 3: 0.2 ms",
                        "keepalived, clean stop, run 1: 57.1 ms",
                        "keepalived, kill -9, run 1: over 7920.0 ms",
                        "vipkeeper, cut off from the API, run 1: 44.0 ms");
        assertThat(dots).extracting(dot -> dot.getAttribute("class")).contains("dot peer open");
    }

    @Test
    void saysWhatItShows() throws Exception {
        // when
        String svg = Picture.of(RUNS);

        // then
        assertThat(elements(svg, "text"))
                .extracting(Element::getTextContent)
                .contains(
                        "client gap in ms, logarithmic; the client asks each 5 ms",
                        "vipkeeper",
                        "keepalived",
                        "clean stop",
                        "10",
                        "1\u202f000")
                .contains("over 7.92 s");
        assertThat(elements(svg, "rect").getFirst().getAttribute("class")).isEqualTo("paper");
        assertThat(elements(svg, "style").getFirst().getTextContent()).contains("prefers-color-scheme: dark");
    }

    @Test
    void isTheSameForTheSameMeasurements() {
        assertThat(Picture.of(RUNS)).isEqualTo(Picture.of(new ArrayList<>(RUNS)));
    }

    @Test
    void isAPictureEvenOfNothing() throws Exception {
        assertThat(elements(Picture.of(List.of()), "circle")).isEmpty();
    }

    @Test
    void hasADecadeForEveryGap() {
        // given
        LogScale scale = LogScale.of(LongStream.of(5_000_000, 1_100_000_000), 100, 400);

        // when / then: 1, 10, 100, 1000, 10000 ms, and what is shorter is at the left end
        assertThat(scale.ticks()).containsExactly(1L, 10L, 100L, 1_000L, 10_000L);
        assertThat(scale.x(10_000_000)).isCloseTo(200, within(0.01));
        assertThat(scale.x(1)).isEqualTo(100);
        assertThat(scale.x(10_000_000_000L)).isCloseTo(500, within(0.01));
    }

    private static List<Element> elements(String svg, String name)
            throws ParserConfigurationException, IOException, SAXException {
        NodeList found = DocumentBuilderFactory.newDefaultNSInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(svg)))
                .getElementsByTagNameNS("http://www.w3.org/2000/svg", name);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < found.getLength(); i++) {
            elements.add((Element) found.item(i));
        }
        return elements;
    }
}
