package io.millrace.bench.picture;

import java.io.StringWriter;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Writes the few SVG elements that a chart needs; equal calls give equal bytes. */
final class Svg {

    private static final String NAMESPACE = "http://www.w3.org/2000/svg";

    private final StringWriter text = new StringWriter();
    private final XMLStreamWriter xml;

    Svg(int width, int height) {
        try {
            xml = XMLOutputFactory.newInstance().createXMLStreamWriter(text);
        } catch (XMLStreamException e) {
            throw new IllegalStateException("picture: expected an XML writer, found none", e);
        }
        open("svg", "xmlns", NAMESPACE, "viewBox", "0 0 " + width + " " + height, "font-family", "sans-serif");
    }

    /** Opens an element with attributes, name and value in turn. */
    Svg open(String element, String... attributes) {
        return written(() -> {
            xml.writeStartElement(element);
            writeAttributes(attributes);
        });
    }

    Svg close() {
        return written(() -> {
            xml.writeEndElement();
            xml.writeCharacters("\n");
        });
    }

    /** An element without content. */
    Svg add(String element, String... attributes) {
        return written(() -> {
            xml.writeEmptyElement(element);
            writeAttributes(attributes);
            xml.writeCharacters("\n");
        });
    }

    Svg text(String content, double x, double y, String... attributes) {
        return written(() -> {
            xml.writeStartElement("text");
            xml.writeAttribute("x", number(x));
            xml.writeAttribute("y", number(y));
            writeAttributes(attributes);
            xml.writeCharacters(content);
            xml.writeEndElement();
            xml.writeCharacters("\n");
        });
    }

    /** The document so far, closed. */
    String finish() {
        written(xml::writeEndDocument);
        written(xml::close);
        return text.toString();
    }

    /** To a tenth of a pixel, with a decimal point wherever this runs. */
    static String number(double value) {
        String tenths = String.format(Locale.ROOT, "%.1f", value);
        return tenths.endsWith(".0") ? tenths.substring(0, tenths.length() - 2) : tenths;
    }

    private void writeAttributes(String... attributes) throws XMLStreamException {
        for (int i = 0; i < attributes.length; i += 2) {
            xml.writeAttribute(attributes[i], attributes[i + 1]);
        }
    }

    private Svg written(Writing writing) {
        try {
            writing.run();
            return this;
        } catch (XMLStreamException e) {
            throw new IllegalStateException("picture: could not be written", e);
        }
    }

    @FunctionalInterface
    private interface Writing {
        void run() throws XMLStreamException;
    }
}
